package dev.bulla.providers.all;

import dev.bulla.provider.AnswerIdentity;
import dev.bulla.provider.Exchange;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Lifetimes;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.Minting;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRevoker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the credentials of one provider come about, live and end. */
final class OAuthFacts {
    private static final Map<ClientAuthentication, String> AUTHENTICATION = Map.of(
            ClientAuthentication.BASIC, "client_secret_basic",
            ClientAuthentication.POST, "client_secret_post",
            ClientAuthentication.PRIVATE_KEY_JWT, "private_key_jwt",
            ClientAuthentication.NONE, "none");

    /** In the order in which they are printed. */
    private static final List<String> KEYS = List.of(
            "authorizeUrl",
            "tokenUrl",
            "refresh",
            "revoke",
            "clientAuthentication",
            "requestEncoding",
            "pkce",
            "scope",
            "clientIdParameter",
            "authorizeParameters",
            "headers",
            "lifetimes",
            "upgrade",
            "rotation",
            "reuse",
            "openId",
            "identity");

    private OAuthFacts() {}

    static void put(Map<String, @Nullable Object> facts, Provider provider) {
        KEYS.forEach(key -> facts.put(key, null));
        provider.oauth2().ifPresentOrElse(spec -> put(facts, provider, spec), () -> {
            facts.put("tokenUrl", tokenUrl(provider.in(Mode.FORM)));
            facts.put("scope", scope(null, provider.scopes()));
            facts.put("authorizeParameters", Map.of());
            facts.put("headers", Map.of());
            putKey(facts, provider.in(Mode.FORM));
        });
    }

    private static void put(Map<String, @Nullable Object> facts, Provider provider, OAuth2Spec spec) {
        facts.put("authorizeUrl", spec.authorizeUrl().toString());
        facts.put("tokenUrl", spec.tokenUrl().toString());
        facts.put("refresh", refresh(provider));
        facts.put("revoke", revoke(provider, spec));
        facts.put("clientAuthentication", AUTHENTICATION.get(spec.clientAuthentication()));
        facts.put("requestEncoding", lower(spec.encoding()));
        facts.put("pkce", spec.pkce() == OAuth2Spec.Pkce.S256 ? "S256" : "none");
        facts.put("scope", scope(spec, provider.scopes()));
        facts.put("clientIdParameter", spec.clientIdParameter());
        facts.put("authorizeParameters", spec.authorizeParameters());
        facts.put("headers", spec.headers());
        facts.put("lifetimes", lifetimes(spec));
        facts.put("upgrade", spec.upgrade().map(OAuthFacts::exchange).orElse(null));
        facts.put("rotation", lower(spec.rotation()));
        facts.put("reuse", provider.refresher().map(OAuthFacts::reuse).orElse(null));
        facts.put("openId", openId(spec));
        facts.put("identity", identity(spec));
    }

    /** The part that keys have too. */
    static void putKey(Map<String, @Nullable Object> facts, Provider keyed) {
        facts.put("refresh", refresh(keyed));
        Duration life = keyed.refresher()
                .flatMap(TokenRefresher::minting)
                .map(Minting::life)
                .orElse(null);
        facts.put("lifetimes", lifetimes(life, null, null, null));
        facts.put("identity", keyed.form().map(OAuthFacts::identity).orElse(null));
    }

    private static @Nullable String tokenUrl(Provider provider) {
        return provider.refresher()
                .flatMap(TokenRefresher::minting)
                .map(minting -> minting.url().toString())
                .orElse(null);
    }

    private static Map<String, @Nullable Object> refresh(Provider provider) {
        TokenRefresher.Style style =
                provider.refresher().map(TokenRefresher::style).orElse(TokenRefresher.Style.NEVER);
        Optional<OAuth2Spec> spec = provider.oauth2();
        return switch (style) {
            case REFRESH_TOKEN ->
                call("refresh_token", spec.map(one -> one.tokenUrl().toString()).orElse(null), "POST");
            case EXCHANGE_CURRENT ->
                spec.flatMap(OAuth2Spec::exchange)
                        .map(one -> call("exchange_current", one.url().toString(), one.method()))
                        .orElseGet(() -> call("exchange_current", null, null));
            case REMINT ->
                provider.refresher()
                        .flatMap(TokenRefresher::minting)
                        .map(one -> call(lower(one.grant()), one.url().toString(), "POST"))
                        .orElseGet(() -> call("minted", null, null));
            case NEVER -> call("none", null, null);
        };
    }

    private static Map<String, @Nullable Object> call(String style, @Nullable String url, @Nullable String method) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("style", style);
        facts.put("url", url);
        facts.put("method", method);
        return facts;
    }

    private static @Nullable Map<String, @Nullable Object> revoke(Provider provider, OAuth2Spec spec) {
        TokenRevoker revoker = provider.revoker().orElse(null);
        if (revoker == null) {
            return null;
        }
        Optional<RevocationCall> revocation = spec.revocation();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("url", revocation.map(one -> one.url().toString()).orElse(null));
        facts.put("method", revocation.map(RevocationCall::method).orElse(null));
        facts.put("auth", revocation.map(OAuthFacts::authentication).orElse(null));
        facts.put("place", revocation.map(one -> lower(one.place())).orElse(null));
        facts.put(
                "parameter",
                revocation
                        .map(RevocationCall::tokenParameter)
                        .filter(name -> !name.isEmpty())
                        .orElse(null));
        facts.put("scope", lower(revoker.reach()));
        return facts;
    }

    private static String authentication(RevocationCall revocation) {
        if (revocation.place() == RevocationCall.Place.BEARER || revocation.place() == RevocationCall.Place.HEADER) {
            return lower(revocation.place());
        }
        return switch (revocation.authentication()) {
            case BASIC -> "basic";
            case POST, PRIVATE_KEY_JWT -> lower(revocation.place());
            // a token under this name authorises the request itself (RFC 6750 section 2.3)
            case NONE, ANONYMOUS -> revocation.tokenParameter().equals("access_token") ? "bearer" : "none";
        };
    }

    private static Map<String, @Nullable Object> scope(@Nullable OAuth2Spec spec, List<Scope> scopes) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        List<String> parameters = new ArrayList<>();
        if (spec != null && !scopes.isEmpty()) {
            List<String> names = scopes.stream().map(Scope::name).toList();
            parameters.addAll(new TreeSet<>(spec.scopeParameters(names).keySet()));
            Stream.of("scope", spec.scopeParameter()).filter(parameters::remove).forEach(one -> parameters.add(0, one));
        }
        facts.put("parameter", parameters.isEmpty() ? null : parameters.get(0));
        facts.put("furtherParameters", parameters.isEmpty() ? List.of() : parameters.subList(1, parameters.size()));
        facts.put("separator", spec == null || scopes.isEmpty() ? null : spec.scopeSeparator());
        List<String> defaults =
                scopes.stream().filter(Scope::byDefault).map(Scope::name).toList();
        facts.put("defaults", defaults);
        facts.put("alwaysSent", spec == null ? List.of() : unasked(spec, defaults));
        facts.put("available", scopes.stream().map(OAuthFacts::scope).toList());
        return facts;
    }

    /** Scopes that go along without being anybody's choice, since answers never name them. */
    private static List<String> unasked(OAuth2Spec spec, List<String> defaults) {
        String sent = spec.scopeParameters(defaults).getOrDefault(spec.scopeParameter(), "");
        String separator = spec.scopeSeparator();
        List<String> chosen = List.of(String.join(separator, defaults).split(Pattern.quote(separator)));
        return Stream.of(sent.split(Pattern.quote(separator)))
                .filter(name -> !name.isEmpty() && !chosen.contains(name))
                .toList();
    }

    private static Map<String, Object> scope(Scope scope) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", scope.name());
        facts.put("label", scope.label());
        facts.put("description", scope.description().isEmpty() ? scope.label() : scope.description());
        facts.put("required", scope.required());
        return facts;
    }

    /**
     * As the vendor's pages have it, or else as core goes by where an answer is silent. A refresh token that stays the same ends by lying
     * idle only; one that is replaced has its life anew each time.
     */
    private static Map<String, @Nullable Object> lifetimes(OAuth2Spec spec) {
        Duration silent = spec.refreshLifetime();
        Lifetimes known = spec.documentedLifetimes().orElse(new Lifetimes(null, null, null));
        return lifetimes(
                known.access() == null ? spec.accessLifetime() : known.access(),
                known.refresh() == null && spec.rotation() != Rotation.NEVER ? silent : known.refresh(),
                known.idle() == null ? silent : known.idle(),
                spec.grantLifetime());
    }

    private static Map<String, @Nullable Object> lifetimes(
            @Nullable Duration access,
            @Nullable Duration refresh,
            @Nullable Duration idle,
            @Nullable Duration absolute) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("access", seconds(access));
        facts.put("refresh", seconds(refresh));
        facts.put("idle", seconds(idle));
        facts.put("absolute", seconds(absolute));
        return facts;
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private static Map<String, @Nullable Object> exchange(Exchange exchange) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("url", exchange.url().toString());
        facts.put("method", exchange.method());
        facts.put("grantType", exchange.grantType());
        facts.put("parameter", exchange.tokenParameter());
        facts.put("minimumAge", exchange.minimumAge().isZero() ? null : seconds(exchange.minimumAge()));
        facts.put("clientAuthentication", AUTHENTICATION.get(exchange.authentication()));
        return facts;
    }

    private static @Nullable Map<String, @Nullable Object> reuse(TokenRefresher refresher) {
        if (refresher.style() != TokenRefresher.Style.REFRESH_TOKEN) {
            return null;
        }
        ReuseRule rule = refresher.reuse();
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("rule", lower(rule.kind()));
        facts.put("graceSeconds", rule.kind() == ReuseRule.Kind.GRACE ? seconds(rule.grace()) : null);
        return facts;
    }

    private static @Nullable Map<String, @Nullable Object> openId(OAuth2Spec spec) {
        if (spec.jwksUrl().isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("issuer", spec.issuer().orElse(null));
        facts.put("jwksUrl", spec.jwksUrl().get().toString());
        facts.put("algorithms", spec.idTokenAlgorithms());
        return facts;
    }

    private static @Nullable Map<String, @Nullable Object> identity(OAuth2Spec spec) {
        Optional<IdentityCall> identity = spec.identity();
        if (identity.isEmpty()) {
            return spec.answerIdentity()
                    .map(OAuthFacts::answer)
                    .orElse(spec.jwksUrl().isEmpty() ? null : idToken());
        }
        IdentityCall call = identity.get();
        List<String> paths = new ArrayList<>();
        paths.add(call.within().isEmpty() ? path(call.subject()) : path(call.within()) + " + " + path(call.subject()));
        call.name().forEach(name -> paths.add(path(name)));
        Map<String, @Nullable Object> facts = whose(call.url().toString(), call.method(), paths);
        Map<String, String> attributes = new TreeMap<>();
        call.attributes().forEach((name, path) -> attributes.put(name, path(path)));
        facts.put("attributes", attributes);
        return facts;
    }

    /** What stands in the answer with the tokens itself. */
    private static Map<String, @Nullable Object> answer(AnswerIdentity answer) {
        List<String> paths = new ArrayList<>(List.of(answer.subject()));
        paths.addAll(answer.names());
        Map<String, @Nullable Object> facts = whose(null, null, paths);
        facts.put("place", "token_answer");
        facts.put("attributes", new TreeMap<>(answer.attributes()));
        return facts;
    }

    private static Map<String, @Nullable Object> idToken() {
        Map<String, @Nullable Object> facts = whose(null, null, List.of("sub", "name", "preferred_username", "email"));
        facts.put("place", "id_token");
        return facts;
    }

    private static Map<String, @Nullable Object> identity(KeyForm form) {
        KeyForm.Verifier verifier = form.verifier();
        boolean asks = !verifier.identity().isEmpty();
        return whose(asks ? verifier.url().orElse(null) : null, asks ? verifier.method() : null, verifier.identity());
    }

    /** @param paths of the id, then of names in the order in which they are tried */
    private static Map<String, @Nullable Object> whose(
            @Nullable String url, @Nullable String method, List<String> paths) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("url", url);
        facts.put("method", method);
        facts.put("id", paths.isEmpty() ? null : paths.get(0));
        facts.put("name", paths.size() < 2 ? null : paths.get(1));
        facts.put("furtherNames", paths.size() < 3 ? List.of() : paths.subList(2, paths.size()));
        return facts;
    }

    private static String path(List<String> path) {
        return String.join(".", path);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
