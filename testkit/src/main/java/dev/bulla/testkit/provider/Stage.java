package dev.bulla.testkit.provider;

import dev.bulla.provider.App;
import dev.bulla.provider.Credential;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider with everything that core would hand it.
 *
 * @param instance parts of the service's address
 * @param form what a member filled in, with placeholders
 * @param beside what a request may need beside the token: values of the owner's fields, and what was kept
 */
record Stage(
        Provider provider,
        Map<String, String> instance,
        Values values,
        Map<String, String> form,
        Map<String, String> beside,
        Instant now) {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final Set<String> NO_FACTS = Set.of("now", "state", "client_secret", "option", "search", "page");

    static Stage of(Provider provider, Map<String, String> instance, Map<String, String> form) {
        Map<String, String> beside = new HashMap<>();
        provider.ownerFields().forEach(field -> beside.put(field.name(), instance.getOrDefault(field.name(), "acme")));
        beside.values().removeIf(String::isEmpty);
        return new Stage(provider, instance, values(provider, NOW), form, beside, NOW).filled(Map.of());
    }

    private static Values values(Provider provider, Instant now) {
        String issuer = provider.oauth2().flatMap(OAuth2Spec::issuer).orElse("https://issuer.example.com");
        return Values.of(issuer, now);
    }

    /** With longer values for placeholders. */
    Stage knowing(Map<String, String> texts) {
        return new Stage(provider, instance, values.with(texts), form, beside, now).filled(Map.of());
    }

    /** The stage of one transcript: its time and its values, and the form where it speaks of that. */
    Stage with(Transcript transcript) {
        Map<String, String> input = transcript.input();
        Instant then = Optional.ofNullable(input.get("now"))
                .map(Long::parseLong)
                .map(Instant::ofEpochSecond)
                .orElse(now);
        Provider played = provider.flow().isEmpty() || provider.form().isEmpty()
                ? provider
                : provider.in(byForm(transcript) ? Mode.FORM : Mode.OWN_APP);
        Values timed = then.equals(now)
                ? values
                : values.with(Map.of("id_token", values(provider, then).get("id_token")));
        return new Stage(played, instance, timed, form, beside, then).filled(input);
    }

    /** The same for a member who fills in the form, if there is one. */
    Optional<Stage> byForm() {
        return provider.form().map(form -> new Stage(provider.in(Mode.FORM), instance, values, this.form, beside, now));
    }

    private boolean byForm(Transcript transcript) {
        return Set.of("form", "verify", "mint").contains(transcript.step())
                || (!transcript.mentions("access_token")
                        && provider.form().orElseThrow().fields().stream()
                                .map(Field::name)
                                .anyMatch(transcript::mentions));
    }

    private boolean isOwners(String field) {
        return provider.ownerFields().stream().map(Field::name).anyMatch(field::equals);
    }

    private Stage filled(Map<String, String> input) {
        Map<String, String> parts = new HashMap<>(instance);
        Map<String, String> fields = new HashMap<>(form);
        Map<String, String> facts = new HashMap<>(beside);
        List<String> ofForm = provider.form().stream()
                .flatMap(one -> one.fields().stream())
                .map(Field::name)
                .toList();
        input.forEach((name, value) -> {
            if (parts.containsKey(name) || isOwners(name)) {
                parts.put(name, value);
            }
            if (ofForm.contains(name)) {
                fields.put(name, value);
            } else if (!NO_FACTS.contains(name)) {
                facts.put(name, value);
            }
        });
        fields.values().removeIf(String::isEmpty);
        parts.keySet()
                .forEach(part -> Optional.ofNullable(fields.get(part)).ifPresent(value -> parts.put(part, value)));
        Map<String, String> all = new HashMap<>(facts);
        all.putAll(parts);
        all.putAll(fields);
        all.putAll(input);
        return new Stage(provider, parts, values.with(all), fields, facts, now);
    }

    Vendor vendor(Transcript.Answer answer) {
        return vendor(List.of(new Transcript.Exchange(Asked.NOTHING, answer)));
    }

    Vendor vendor(List<Transcript.Exchange> exchanges) {
        Optional<URI> keys = provider.oauth2().flatMap(OAuth2Spec::jwksUrl).map(url -> url.expand(instance));
        return new Vendor(exchanges, keys, Issuer.keys());
    }

    ProviderCall call(ProviderHttp http) {
        App app = new App(
                values.get("client_id"),
                Secret.of(values.get("client_secret")),
                URI.create(values.get("redirect_uri")),
                instance);
        return new ProviderCall(http, clock(), app, secrets(beside));
    }

    private Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
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

    boolean redeems() {
        return provider.refresher()
                .filter(one -> one.style() == TokenRefresher.Style.REFRESH_TOKEN)
                .isPresent();
    }

    void revoke(Tokens tokens, ProviderHttp http) {
        TokenRevoker revoker = provider.revoker().orElseThrow();
        revoker.revoke(tokens, call(http));
    }

    KeyForm.Verification verify(ProviderHttp http) {
        return provider.form().orElseThrow().verifier().verify(secrets(), filledIn(http));
    }

    /** The credential that is made of what was filled in. */
    Tokens mint(ProviderHttp http) {
        KeyForm of = provider.form().orElseThrow();
        TokenRefresher minter = Optional.ofNullable(of.minter()).orElseThrow();
        Secret typed = Optional.ofNullable(secrets().get(of.secretField())).orElseThrow();
        return minter.refresh(Tokens.of(TokenSet.of(typed)), filledIn(http));
    }

    private ProviderCall filledIn(ProviderHttp http) {
        App app = new App("", null, URI.create(values.get("redirect_uri")), instance);
        return new ProviderCall(http, clock(), app, secrets());
    }

    /** What goes into the host's own calls. */
    Credential credential() {
        Optional<KeyForm> key = provider.flow().isPresent() ? Optional.empty() : provider.form();
        Secret token = key.filter(of -> of.minter() == null)
                .map(of -> secrets().get(of.secretField()))
                .orElse(Secret.of(Values.ACCESS));
        return new Credential(token, key.isPresent() ? secrets() : secrets(beside), now);
    }

    /** As core keeps them. What would be refused goes as it is: some tests are about that. */
    private Map<String, Secret> secrets() {
        Map<String, String> typed = new HashMap<>();
        form.forEach((name, value) -> typed.put(name, values.fill(value)));
        Map<String, Secret> secrets = secrets(form);
        provider.form()
                .ifPresent(one -> secrets.putAll(one.fill(typed, provider).kept()));
        return secrets;
    }

    private Map<String, Secret> secrets(Map<String, String> texts) {
        Map<String, Secret> secrets = new HashMap<>();
        texts.forEach((name, value) -> secrets.put(name, Secret.of(values.fill(value))));
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
        UrlTemplate base = provider.api().base();
        base.parts().forEach(part -> sample.put(part, base.isOrigin() ? "https://acme.example.com" : "acme"));
        return sample;
    }
}
