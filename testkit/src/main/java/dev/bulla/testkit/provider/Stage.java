package dev.bulla.testkit.provider;

import dev.bulla.provider.App;
import dev.bulla.provider.Credential;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.OAuthFlow.Begin;
import dev.bulla.provider.OAuthFlow.Completion;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider with everything that core would hand it. */
record Stage(Provider provider, Map<String, String> instance, Values values, Map<String, String> form) {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    static Stage of(Provider provider, Map<String, String> instance, Map<String, String> form) {
        String issuer = provider.oauth2().flatMap(OAuth2Spec::issuer).orElse("https://issuer.example.com");
        return new Stage(provider, instance, new Values(form, Issuer.idToken(issuer, NOW)), form);
    }

    Vendor vendor(Transcript.Answer answer) {
        Optional<URI> keys = provider.oauth2().flatMap(OAuth2Spec::jwksUrl).map(url -> url.expand(instance));
        return new Vendor(answer, keys, Issuer.keys());
    }

    ProviderCall call(ProviderHttp http) {
        App app = new App(Values.CLIENT_ID, Secret.of(Values.CLIENT_SECRET), URI.create(Values.REDIRECT), instance);
        return new ProviderCall(http, Clock.fixed(NOW, ZoneOffset.UTC), app);
    }

    OAuthFlow flow() {
        return provider.flow().orElseThrow();
    }

    URI authorizationUri(List<String> scopes, boolean reconnect) {
        ProviderHttp offline = request -> {
            throw new AssertionError("an authorization URL costs no call");
        };
        return flow().authorizationUri(
                        new Begin(scopes, Values.STATE, Values.CHALLENGE, Values.NONCE, reconnect), call(offline));
    }

    Tokens complete(List<String> scopes, ProviderHttp http) {
        return complete(Secret.of(Values.CODE), scopes, http);
    }

    Tokens complete(Secret code, List<String> scopes, ProviderHttp http) {
        return flow().complete(new Completion(code, Secret.of(Values.VERIFIER), Values.NONCE, scopes), call(http));
    }

    /** As core does it: sets with refresh tokens of their own come one at a time. */
    Tokens refresh(Tokens old, ProviderHttp http) {
        TokenRefresher refresher = provider.refresher().orElseThrow();
        Map<String, TokenSet> refreshable = new LinkedHashMap<>(old.sets());
        refreshable.values().removeIf(set -> set.refreshToken() == null);
        if (refresher.style() != TokenRefresher.Style.REFRESH_TOKEN || refreshable.size() < 2) {
            return refresher.refresh(old, call(http));
        }
        Map<String, TokenSet> fresh = new LinkedHashMap<>();
        refreshable.forEach((name, set) -> fresh.putAll(
                refresher.refresh(Tokens.named(Map.of(name, set)), call(http)).sets()));
        return Tokens.named(fresh);
    }

    void revoke(Tokens tokens, ProviderHttp http) {
        TokenRevoker revoker = provider.revoker().orElseThrow();
        revoker.revoke(tokens, call(http));
    }

    KeyForm.Verification verify(ProviderHttp http) {
        return provider.form().orElseThrow().verifier().verify(secrets(), call(http));
    }

    Credential credential(String token) {
        return new Credential(Secret.of(token), secrets(), NOW);
    }

    private Map<String, Secret> secrets() {
        Map<String, Secret> secrets = new HashMap<>();
        form.forEach((name, value) -> secrets.put(name, Secret.of(value)));
        return secrets;
    }

    /** The old tokens of an account. */
    static Tokens tokens(String set, boolean refreshable, @Nullable List<String> scopes) {
        TokenSet tokens = new TokenSet(
                Secret.of(Values.ACCESS), refreshable ? Secret.of(Values.REFRESH) : null, NOW, null, scopes, Map.of());
        return Tokens.named(Map.of(set, tokens));
    }

    /** Each part of the instance has this value, where a test gives no other. */
    static Map<String, String> sampleInstance(Provider provider) {
        Map<String, String> sample = new HashMap<>();
        provider.oauth2()
                .map(OAuth2Spec::tokenUrl)
                .map(UrlTemplate::parts)
                .ifPresent(parts -> parts.forEach(part -> sample.put(part, "acme")));
        provider.api().base().parts().forEach(part -> sample.put(part, "acme"));
        return sample;
    }
}
