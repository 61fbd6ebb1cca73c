package dev.bulla.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.http.RawServer;
import dev.bulla.provider.Identity;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow.Begin;
import dev.bulla.provider.OAuthFlow.Completion;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationCodeFlowTest {
    private static final Begin BEGIN =
            new Begin(List.of("repo", "a b&c", "é"), "state-1", "challenge-1", "nonce-1", false);
    private static final Completion COMPLETION =
            new Completion(Secret.of("canary-code"), Secret.of("canary-verifier"), "nonce-1", List.of("repo"));

    private static OAuth2Spec.Builder spec(String authorize) {
        return OAuth2Spec.builder(authorize, "https://as.example/token").identity("https://as.example/me", "id");
    }

    private static URI authorize(OAuth2Spec.Builder spec) {
        try (Talk talk = Talk.answering("200 OK", "{}")) {
            return AuthorizationCodeFlow.of(spec.build()).authorizationUri(BEGIN, talk.call());
        }
    }

    @Test
    void theAuthorizationUrlCarriesEverythingAndIsEncoded() {
        URI uri = authorize(spec("https://as.example/authorize").authorizeParameter("access_type", "offline"));

        assertThat(uri.toString()).startsWith("https://as.example/authorize?response_type=code&client_id=client&");
        assertThat(uri.getRawQuery()).contains("redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback%2F1");
        assertThat(uri.getRawQuery()).contains("scope=repo%20a%20b%26c%20%C3%A9");
        assertThat(Talk.form(uri.getRawQuery()))
                .hasSize(8)
                .containsEntry("state", "state-1")
                .containsEntry("code_challenge", "challenge-1")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("access_type", "offline");
    }

    @Test
    void aQueryThatTheAddressBringsIsKept() {
        assertThat(authorize(spec("https://as.example/authorize?tenant=a%20b")).getRawQuery())
                .startsWith("tenant=a%20b&response_type=code&");
        assertThat(authorize(spec("https://as.example/authorize?")).toString())
                .startsWith("https://as.example/authorize?response_type=code&");
    }

    @Test
    void namesOfParametersMayDiffer() {
        URI uri = authorize(spec("https://as.example/authorize")
                .clientIdParameter("client_key")
                .scopes("user_scope", ",")
                .pkceBreaksService());
        assertThat(Talk.form(uri.getRawQuery()))
                .containsEntry("client_key", "client")
                .containsEntry("user_scope", "repo,a b&c,é")
                .doesNotContainKeys("client_id", "scope", "code_challenge", "code_challenge_method", "nonce");
    }

    @Test
    void openIdConnectAsksForItsScopeAndSendsTheNonce() {
        URI uri = authorize(
                spec("https://as.example/authorize").openIdConnect("https://as.example", "https://as.example/keys"));
        assertThat(Talk.form(uri.getRawQuery()))
                .containsEntry("scope", "openid repo a b&c é")
                .containsEntry("nonce", "nonce-1");
    }

    @Test
    void theCodeIsRedeemedOnceWithItsVerifier() {
        try (Talk talk = Talk.answering("200 OK", "{\"access_token\":\"tok\"}")) {
            Tokens tokens = AuthorizationCodeFlow.of(talk.spec().build()).complete(COMPLETION, talk.call());

            assertThat(tokens.main().accessToken().reveal()).isEqualTo("tok");
            assertThat(talk.server.requests()).hasSize(1);
            assertThat(talk.form())
                    .containsEntry("grant_type", "authorization_code")
                    .containsEntry("code", "canary-code")
                    .containsEntry("code_verifier", "canary-verifier")
                    .containsEntry("redirect_uri", "https://app.example.com/callback/1");
        }
        assertThat(COMPLETION.toString()).doesNotContain("canary");
    }

    @Test
    void withoutPkceThereIsNoVerifier() {
        try (Talk talk = Talk.answering("200 OK", "{\"access_token\":\"tok\"}")) {
            AuthorizationCodeFlow.of(talk.spec().pkceBreaksService().build()).complete(COMPLETION, talk.call());
            assertThat(talk.form()).doesNotContainKey("code_verifier");
        }
    }

    @Test
    void theServiceSaysWhoseAccountItIs() {
        try (Talk talk = Talk.answering("200 OK", "{\"data\":{\"id\":42,\"login\":\"ali\\u0007ce\",\"team\":\"T\"}}")) {
            var call = new IdentityCall(
                    "POST",
                    UrlTemplate.of(talk.server.url("/me")),
                    List.of("data", "id"),
                    List.of(List.of("data", "name"), List.of("data", "login")),
                    Map.of("team", List.of("data", "team"), "none", List.of("x")));
            Identity identity =
                    AuthorizationCodeFlow.of(talk.spec().identity(call).build()).identify(Talk.old(), talk.call());

            assertThat(identity).isEqualTo(new Identity("42", "ali ce", Map.of("team", "T")));
            assertThat(talk.request().method()).isEqualTo("POST");
            assertThat(talk.request().headers()).containsEntry("authorization", "Bearer canary-old-access");
        }
    }

    @Test
    void withoutANameTheSubjectIsShown() {
        try (Talk talk = Talk.answering("200 OK", "{\"id\":\"u1\"}")) {
            assertThat(AuthorizationCodeFlow.of(talk.spec().build())
                            .identify(Talk.old(), talk.call())
                            .displayName())
                    .isEqualTo("u1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"\"}",
                "{\"id\":null}",
                "{\"id\":{}}",
                "{\"id\":1.5e300}",
                "[]",
                "<html>",
                "{\"id\":1,\"id\":2}"
            })
    void anAnswerThatNamesNoAccountIsRefused(String body) {
        assertIdentityFails("200 OK", body, Kind.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "401 No,TERMINAL",
        "403 No,MISCONFIGURED",
        "429 Later,TRANSIENT",
        "500 Oops,TRANSIENT",
        "302 Found,MISCONFIGURED"
    })
    void aRefusalOfTheIdentityIsClassified(String status, Kind kind) {
        assertIdentityFails(status, "canary", kind);
    }

    private static void assertIdentityFails(String status, String body, Kind kind) {
        try (Talk talk = Talk.answering(RawServer.json(status, body))) {
            var failure = catchThrowableOfType(
                    ProviderException.class,
                    () -> AuthorizationCodeFlow.of(talk.spec().build()).identify(Talk.old(), talk.call()));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.toString()).doesNotContain("canary");
        }
    }

    @Test
    void aServiceThatNamesNobodyIsToldAtConstruction() {
        OAuth2Spec spec = OAuth2Spec.builder("https://as.example/a", "https://as.example/t")
                .build();
        assertThatThrownBy(() -> AuthorizationCodeFlow.of(spec)).isInstanceOf(IllegalStateException.class);

        Identity kept = Identity.of("kept", "Kept");
        try (Talk talk = Talk.answering("200 OK", "{}")) {
            assertThat(AuthorizationCodeFlow.of(spec, (tokens, call) -> kept).identify(Talk.old(), talk.call()))
                    .isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "ES256K", "EdDSA", "RSA1_5", ""})
    void aSpecCanNotListAlgorithmsThatProveNothing(String algorithm) {
        OAuth2Spec spec = spec("https://as.example/a")
                .openIdConnect("https://as.example", "https://as.example/keys", algorithm)
                .build();
        assertThatThrownBy(() -> AuthorizationCodeFlow.of(spec)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theIssuerOfTheResponseIsKnown() {
        try (Talk talk = Talk.answering("200 OK", "{}")) {
            var plain = AuthorizationCodeFlow.of(talk.spec().build());
            assertThat(plain.issuer(talk.call())).isNull();
            assertThat(plain.issuerRequired(talk.call())).isFalse();
            var known = AuthorizationCodeFlow.of(
                    talk.spec().issuer("https://as.example").build());
            assertThat(known.issuer(talk.call())).isEqualTo("https://as.example");
            assertThat(known.issuerRequired(talk.call())).isFalse();
            var named = AuthorizationCodeFlow.of(
                    talk.spec().issuerInResponse("https://as.example").build());
            assertThat(named.issuer(talk.call())).isEqualTo("https://as.example");
            assertThat(named.issuerRequired(talk.call())).isTrue();
        }
    }
}
