package dev.bulla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.App;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.service.AuthorizationRefused;
import dev.bulla.testkit.service.Misfortune;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeServiceTest {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static OAuth2Spec.Builder spec() {
        return OAuth2Spec.builder("https://{shop}.svc.test/authorize", "https://{shop}.svc.test/token")
                .identity("https://api.svc.test/me?fields=id", "id", "name")
                .revocation(RevocationCall.rfc7009(
                        "https://{shop}.svc.test/revoke", ClientAuthentication.BASIC, TokenRevoker.Reach.TOKEN));
    }

    private static Provider provider(OAuth2Spec spec) {
        return Provider.builder("svc", "Service")
                .oauth2(
                        spec,
                        AuthorizationCodeFlow.of(spec),
                        RefreshTokenGrant.of(spec),
                        spec.revocation().map(any -> TokenRevocation.of(spec)).orElse(null))
                .api(ApiAccess.bearer("https://api.svc.test/v1/", "*.files.test"))
                .build();
    }

    private static ProviderCall call(FakeService fake, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        fake.clock(clock);
        App app =
                new App("id", Secret.of("secret"), URI.create("https://host.test/callback/1"), Map.of("shop", "north"));
        return new ProviderCall(fake, clock, app);
    }

    private static OAuthFlow flow(FakeService fake) {
        return fake.provider().flow().orElseThrow();
    }

    private static URI authorizationUri(FakeService fake) {
        return flow(fake)
                .authorizationUri(
                        new OAuthFlow.Begin(List.of("read", "write"), "state-1", CHALLENGE, "nonce-1", false),
                        call(fake, NOON));
    }

    private static Tokens complete(FakeService fake, URI callback) {
        String code = Message.parameters(callback).getOrDefault("code", "none");
        return flow(fake)
                .complete(
                        new OAuthFlow.Completion(Secret.of(code), Secret.of(VERIFIER), "nonce-1", List.of()),
                        call(fake, NOON));
    }

    private static Tokens connect(FakeService fake) {
        return complete(fake, fake.consent(authorizationUri(fake), "alice"));
    }

    private static Tokens refresh(FakeService fake, Tokens tokens, Instant now) {
        return fake.provider().refresher().orElseThrow().refresh(tokens, call(fake, now));
    }

    private static HttpCall api(Tokens tokens) {
        return HttpCall.of(HttpCall.Purpose.API, "GET", URI.create("https://api.svc.test/v1/things"), null)
                .header("Authorization", "Bearer " + tokens.main().accessToken().reveal());
    }

    @Test
    void connectsIdentifiesRefreshesAndRevokes() {
        FakeService fake = FakeService.speaking(provider(spec().build()));
        URI callback = fake.consent(authorizationUri(fake), "alice");
        assertThat(callback.toString())
                .startsWith("https://host.test/callback/1?code=")
                .contains("state=state-1")
                .doesNotContain("iss=");
        Tokens tokens = complete(fake, callback);
        Identity identity = flow(fake).identify(tokens, call(fake, NOON));
        assertThat(identity.displayName()).isEqualTo("alice");

        Tokens fresh = refresh(fake, tokens, NOON.plusSeconds(10));
        assertThat(fake.send(api(fresh)).status()).isEqualTo(200);
        assertThat(fake.grants("alice")).hasSize(1);

        fake.provider().revoker().orElseThrow().revoke(fresh, call(fake, NOON));
        assertThat(fake.grants("alice")).isEmpty();
        assertThat(fake.send(api(fresh)).status()).isEqualTo(401);
        assertThat(fake.journal().tokenRequests()).hasSize(2);
        assertThat(fake.calls().toString())
                .doesNotContain(fresh.main().accessToken().reveal());
    }

    @Test
    void tokensEndByTheGivenClock() {
        FakeService fake = FakeService.speaking(
                provider(spec().lifetimes(Duration.ofMinutes(15), null).build()));
        Tokens tokens = connect(fake);
        assertThat(tokens.main().expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
        fake.clock(Clock.fixed(NOON.plus(Duration.ofMinutes(15)), ZoneOffset.UTC));

        assertThat(fake.send(api(tokens)).status()).isEqualTo(401);
    }

    @Test
    void reuseFollowsTheDeclaredRule() {
        FakeService strict = FakeService.speaking(provider(spec().build()));
        Tokens tokens = connect(strict);
        refresh(strict, tokens, NOON);
        assertThatThrownBy(() -> refresh(strict, tokens, NOON))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.TERMINAL));

        FakeService safe = FakeService.speaking(
                provider(spec().reuse(TokenRefresher.ReuseRule.safe()).build()));
        Tokens lasting = connect(safe);
        refresh(safe, lasting, NOON);
        assertThat(refresh(safe, lasting, NOON).main().refreshToken()).isNull();
    }

    @Test
    void lostAnswerIsThrownAndHasUsedTheTokenUp() {
        FakeService fake = FakeService.speaking(provider(spec().build()));
        Tokens tokens = connect(fake);
        fake.misfortunes().next(Misfortune.lostAnswer());

        assertThatThrownBy(() -> refresh(fake, tokens, NOON))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        e -> assertThat(e.kind()).isEqualTo(ProviderException.Kind.OUTCOME_UNKNOWN));
        assertThat(fake.journal().redemptions(tokens.main().refreshToken().reveal()))
                .isEqualTo(1);
        assertThatThrownBy(() -> refresh(fake, tokens, NOON))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.error()).isEqualTo("invalid_grant"));
    }

    @Test
    void busyServiceSaysWhenToComeBack() {
        FakeService fake = FakeService.speaking(provider(spec().build()));
        Tokens tokens = connect(fake);
        fake.misfortunes().next(Misfortune.busy(503, Duration.ofSeconds(9)));

        assertThatThrownBy(() -> refresh(fake, tokens, NOON)).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.kind()).isEqualTo(ProviderException.Kind.TRANSIENT);
            assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(9));
        });
    }

    @Test
    void issuerMakesIdTokensThatVerify() {
        FakeService fake =
                FakeService.speaking(provider(spec().openIdConnect("https://svc.test", "https://svc.test/keys")
                        .issuerInResponse("https://svc.test")
                        .build()));
        URI callback = fake.consent(authorizationUri(fake), "alice");

        assertThat(callback.getQuery()).contains("iss=https://svc.test");
        assertThat(complete(fake, callback).main().extra()).containsKey("id_token.sub");
    }

    @Test
    void wrongVerifierIsRefused() {
        FakeService fake = FakeService.speaking(provider(spec().build()));
        URI callback = fake.consent(authorizationUri(fake), "alice");
        Secret code = Secret.of(Message.parameters(callback).get("code"));

        assertThatThrownBy(() -> flow(fake)
                        .complete(
                                new OAuthFlow.Completion(code, Secret.of("x".repeat(43)), "nonce-1", List.of()),
                                call(fake, NOON)))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void authorizationWithoutPkceIsRefused() {
        FakeService fake = FakeService.speaking(provider(spec().build()));
        URI bare = URI.create(authorizationUri(fake).toString().replaceAll("&code_challenge=[^&]*", ""));

        assertThatThrownBy(() -> fake.consent(bare, "alice")).isInstanceOf(AuthorizationRefused.class);
    }

    @Test
    void userMayDenyOrAllowLess() {
        FakeService fake = FakeService.speaking(provider(spec().build()));
        assertThat(fake.deny(authorizationUri(fake), "alice").getQuery()).contains("error=access_denied");

        Tokens tokens = complete(fake, fake.consentOnly(authorizationUri(fake), "alice", "read"));
        assertThat(tokens.main().scopes()).containsExactly("read");
    }

    @Test
    void tokenAnswerTakesTheShapeOfTheService() {
        OAuth2Spec nested = spec().tokenReader((answer, standard) ->
                        Tokens.of(standard.apply(answer.object("data").orElseThrow())))
                .build();
        FakeService fake = FakeService.speaking(provider(nested)).answering(fields -> Map.of("data", fields));

        assertThat(fake.send(api(connect(fake))).status()).isEqualTo(200);
    }

    @Test
    void serviceWithoutRefreshGivesLastingTokens() {
        FakeService fake = FakeService.speaking(provider(spec().noRefresh().build()));
        Tokens tokens = connect(fake);

        assertThat(tokens.main().refreshToken()).isNull();
        assertThat(tokens.main().expiresAt()).isNull();
    }

    @Test
    void livingAccessTokenIsExchangedUnderTheServicesOwnGrantType() {
        FakeService fake = FakeService.speaking(provider(spec().noRefresh().build()));
        String token = connect(fake).main().accessToken().reveal();
        String exchange = "https://api.svc.test/refresh?grant_type=own_exchange&access_token=";

        assertThat(get(fake, HttpCall.Purpose.TOKEN, exchange + token).body())
                .asString()
                .contains("access_token");
        assertThat(get(fake, HttpCall.Purpose.TOKEN, exchange + "other").status())
                .isEqualTo(400);
    }

    @Test
    void providersOwnRevocationEndsTheToken() {
        FakeService fake = FakeService.speaking(provider(spec().build()));
        Tokens tokens = connect(fake);
        String token = tokens.main().accessToken().reveal();
        get(fake, HttpCall.Purpose.TOKEN, "https://api.svc.test/uninstall?token=" + token);

        assertThat(fake.send(api(tokens)).status()).isEqualTo(401);
    }

    @Test
    void formsAreVerifiedByProgrammedAnswers() {
        KeyForm form = new KeyForm(List.of(Field.secret("key", "Key", "")), "key", (values, call) -> {
            HttpAnswer answer = call.http()
                    .send(HttpCall.of(HttpCall.Purpose.API, "GET", URI.create("https://keys.test/whoami"), null)
                            .header("X-Key", values.get("key").reveal()));
            return new KeyForm.Verification(answer.status() == 200, Identity.of("1", "Ann"), List.of());
        });
        FakeService fake = FakeService.speaking(Provider.builder("keys", "Keys")
                .form(form)
                .api(ApiAccess.bearer("https://keys.test/"))
                .build());
        Map<String, Secret> values = Map.of("key", Secret.of("k"));
        assertThat(form.verifier().verify(values, call(fake, NOON)).verified()).isTrue();
        fake.api(call -> FakeService.json(403, "{}"));

        assertThat(form.verifier().verify(values, call(fake, NOON)).verified()).isFalse();
    }

    @Test
    void addressThatTheProviderDoesNotNameIsNotPlayed() {
        FakeService fake = FakeService.speaking(provider(spec().build()));

        assertThat(get(fake, HttpCall.Purpose.API, "https://a.files.test/x").status())
                .isEqualTo(401);
        for (String elsewhere :
                List.of("https://elsewhere.test/x", "https://files.test.evil/x", "http://api.svc.test/")) {
            assertThatThrownBy(() -> get(fake, HttpCall.Purpose.API, elsewhere))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void routesOfTheTestComeFirst() {
        FakeService fake = FakeService.speaking(provider(spec().build()))
                .on(call -> call.uri().getPath().endsWith("/things"), call -> FakeService.json(418, "{}"));

        assertThat(fake.send(api(connect(fake))).status()).isEqualTo(418);
    }

    private static HttpAnswer get(FakeService fake, HttpCall.Purpose purpose, String uri) {
        return fake.send(HttpCall.of(purpose, "GET", URI.create(uri), null));
    }
}
