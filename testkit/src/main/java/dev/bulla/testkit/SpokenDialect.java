package dev.bulla.testkit;

import dev.bulla.provider.AnswerIdentity;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.testkit.service.Dialect;
import dev.bulla.testkit.service.OAuthService;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.service.User;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a service behave as the data of a provider says that it does. */
final class SpokenDialect {
    private static final Duration PRACTICALLY_FOREVER = Duration.ofDays(3650);

    private SpokenDialect() {}

    static OAuthService service(Provider provider) {
        OAuthService service = new OAuthService();
        provider.oauth2().ifPresent(spec -> teach(service, provider, spec));
        return service;
    }

    private static void teach(OAuthService service, Provider provider, OAuth2Spec spec) {
        boolean refreshes = spec.refreshes()
                && provider.refresher()
                        .filter(refresher -> refresher.style() == TokenRefresher.Style.REFRESH_TOKEN)
                        .isPresent();
        Duration life = spec.accessLifetime();
        boolean saysLifetime = refreshes || life != null;
        service.issuer(spec.issuer().orElseGet(() -> origin(spec)));
        service.accessLifetime(life != null ? life : saysLifetime ? Duration.ofHours(1) : PRACTICALLY_FOREVER);
        if (spec.refreshLifetime() != null) {
            service.refreshLifetime(spec.refreshLifetime());
        }
        service.rotation(
                switch (spec.reuse().kind()) {
                    case AFTER_EXPIRY -> Rotation.STRICT;
                    case GRACE -> Rotation.grace(spec.reuse().grace());
                    case SAFE -> Rotation.STATIC;
                });
        provider.revoker()
                .ifPresent(revoker -> service.revocationEndsGrant(revoker.reach() == TokenRevoker.Reach.GRANT));
        service.dialect(new Dialect(
                spec.clientIdParameter(),
                spec.scopeParameter(),
                spec.scopeSeparator(),
                spec.pkce() == OAuth2Spec.Pkce.S256,
                refreshes,
                saysLifetime,
                spec.issuerInResponse(),
                spec.jwksUrl().isPresent(),
                true));
    }

    private static String origin(OAuth2Spec spec) {
        URI uri = URI.create(spec.tokenUrl().toString().replaceAll("[{}]", ""));
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** The answer about a user, with every field that the spec names. */
    static Map<String, Object> identity(Provider provider, IdentityCall call, User user) {
        Map<String, Object> answer = new LinkedHashMap<>();
        call.attributes()
                .forEach((name, path) -> put(
                        answer,
                        path,
                        provider.accountParts().contains(name)
                                ? addressPart(provider, name)
                                : name + " of " + user.name()));
        call.name().forEach(path -> put(answer, path, user.displayName()));
        if (!call.within().isEmpty()) {
            put(answer, call.within(), "the only one");
        }
        put(answer, call.subject(), user.subject());
        return answer;
    }

    /** Puts every field that the spec names into a token answer. */
    static void name(Map<String, Object> answer, AnswerIdentity where, User user) {
        where.attributes().forEach((name, path) -> put(answer, path(path), name + " of " + user.name()));
        where.names().forEach(path -> put(answer, path(path), user.displayName()));
        put(answer, path(where.subject()), user.subject());
    }

    private static List<String> path(String withDots) {
        return List.of(withDots.split("\\."));
    }

    /** Puts the parts of the API's address that come with a token answer into one. */
    static void address(Map<String, Object> answer, Provider provider) {
        provider.oauth2().stream()
                .flatMap(spec -> spec.keep().stream())
                .filter(provider.accountParts()::contains)
                .forEach(name -> answer.putIfAbsent(name, addressPart(provider, name)));
    }

    /** A part of the API's address, as it comes with every account of a fake. */
    private static String addressPart(Provider provider, String name) {
        String label = name.replace('_', '-') + "-1";
        if (provider.fits(name, label)) {
            return label;
        }
        String host = provider.api().hosts().stream().findFirst().orElse("*.example.com");
        return "https://" + host.replace("*", label);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> answer, List<String> path, String value) {
        Map<String, Object> here = answer;
        for (String name : path.subList(0, path.size() - 1)) {
            here = (Map<String, Object>) here.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
        }
        here.put(path.get(path.size() - 1), value);
    }
}
