package dev.bulla.oauth2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.bulla.http.RawServer;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.App;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher.Style;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private static final String GOOD =
            "{\"access_token\":\"new-access\",\"refresh_token\":\"new-refresh\",\"expires_in\":60}";

    private static App app(String id, String secret) {
        return new App(id, secret == null ? null : Secret.of(secret), Talk.APP.redirectUri(), Map.of());
    }

    @Test
    void aRefreshTokenIsRedeemed() {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            Tokens fresh = RefreshTokenGrant.of(talk.spec().build()).refresh(Talk.old(), talk.call());

            assertThat(fresh.main().accessToken().reveal()).isEqualTo("new-access");
            assertThat(fresh.main().refreshToken().reveal()).isEqualTo("new-refresh");
            assertThat(talk.request().line()).isEqualTo("POST /token HTTP/1.1");
            assertThat(talk.request().headers())
                    .containsEntry("content-type", "application/x-www-form-urlencoded")
                    .containsEntry("accept", "application/json")
                    .doesNotContainKey("authorization");
            assertThat(talk.form())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "grant_type", "refresh_token",
                            "refresh_token", "canary-old-refresh",
                            "client_id", "client",
                            "client_secret", "canary-client-secret"));
        }
    }

    @Test
    void basicAuthenticationEncodesIdAndSecretFirst() {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var spec =
                    talk.spec().clientAuthentication(ClientAuthentication.BASIC).build();
            RefreshTokenGrant.of(spec).refresh(Talk.old(), talk.call(app("id:with colon", "s%c+r=t/\u00e9&")));

            String header = talk.request().headers().get("authorization");
            assertThat(header).startsWith("Basic ");
            assertThat(new String(Base64.getDecoder().decode(header.substring(6)), US_ASCII))
                    .isEqualTo("id%3Awith+colon:s%25c%2Br%3Dt%2F%C3%A9%26");
            assertThat(talk.form()).doesNotContainKeys("client_id", "client_secret");
        }
    }

    @Test
    void aPublicClientSendsItsIdAlone() {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var spec = talk.spec()
                    .clientAuthentication(ClientAuthentication.NONE)
                    .clientIdParameter("client_key")
                    .build();
            RefreshTokenGrant.of(spec).refresh(Talk.old(), talk.call());

            assertThat(talk.form())
                    .containsEntry("client_key", "client")
                    .doesNotContainKeys("client_id", "client_secret");
            assertThat(talk.request().headers()).doesNotContainKey("authorization");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientAuthentication.class,
            names = {"BASIC", "POST", "PRIVATE_KEY_JWT"})
    void aMissingSecretIsTheRegistrationsFault(ClientAuthentication authentication) {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var spec = talk.spec().clientAuthentication(authentication).build();
            var failure = catchThrowableOfType(
                    ProviderException.class,
                    () -> RefreshTokenGrant.of(spec).refresh(Talk.old(), talk.call(app("client", null))));
            assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED);
            assertThat(talk.server.connections()).isZero();
        }
    }

    @Test
    void theBodyMayBeJson() {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var spec = talk.spec().encoding(OAuth2Spec.Encoding.JSON).build();
            RefreshTokenGrant.of(spec).refresh(Tokens.of(Talk.set("a", "quo\"te\\")), talk.call());

            assertThat(talk.request().headers()).containsEntry("content-type", "application/json");
            Json json = StrictJson.document(talk.request().body().getBytes(US_ASCII));
            assertThat(json.text("refresh_token")).contains("quo\"te\\");
            assertThat(json.text("client_secret")).contains("canary-client-secret");
        }
    }

    private static SignedJWT assertion(String key, boolean withIssuer) throws Exception {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var builder = talk.spec().clientAuthentication(ClientAuthentication.PRIVATE_KEY_JWT);
            if (withIssuer) {
                builder.issuerInResponse("https://issuer.example");
            }
            var refresher = RefreshTokenGrant.of(builder.build());
            refresher.refresh(Talk.old(), talk.call(app("client", key)));
            refresher.refresh(Talk.old(), talk.call(app("client", key)));

            Map<String, String> form = talk.form();
            assertThat(form).doesNotContainKey("client_secret").containsEntry("client_id", "client");
            assertThat(form)
                    .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            SignedJWT jwt = SignedJWT.parse(form.get("client_assertion"));
            var claims = jwt.getJWTClaimsSet();
            assertThat(claims.getIssuer()).isEqualTo("client");
            assertThat(claims.getSubject()).isEqualTo("client");
            assertThat(jwt.getPayload().toJSONObject().get("aud"))
                    .isEqualTo(withIssuer ? "https://issuer.example" : talk.server.url("/token"));
            assertThat(claims.getExpirationTime().toInstant()).isEqualTo(Talk.NOW.plusSeconds(60));
            SignedJWT second = SignedJWT.parse(
                    Talk.form(talk.server.requests().get(1).body()).get("client_assertion"));
            assertThat(second.getJWTClaimsSet().getJWTID()).isNotEqualTo(claims.getJWTID());
            return jwt;
        }
    }

    @Test
    void aPrivateKeyProvesTheClient() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("k1").generate();
        SignedJWT jwt = assertion(rsa.toJSONString(), true);
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("k1");
        assertThat(jwt.verify(new RSASSAVerifier(rsa.toRSAPublicKey()))).isTrue();

        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(rsa.toPrivateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        assertThat(assertion(pem, false).verify(new RSASSAVerifier(rsa.toRSAPublicKey())))
                .isTrue();

        ECKey ec = new ECKeyGenerator(Curve.P_384).generate();
        SignedJWT signed = assertion(ec.toJSONString(), false);
        assertThat(signed.getHeader().getAlgorithm().getName()).isEqualTo("ES384");
        assertThat(signed.verify(new ECDSAVerifier(ec.toECPublicKey()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "{\"kty\":\"RSA\",\"d\":\"canary\"}",
                "{\"kty\":\"oct\",\"k\":\"Y2FuYXJ5\"}",
                "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
            })
    void anUnusableKeyIsNotShown(String key) {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var spec = talk.spec()
                    .clientAuthentication(ClientAuthentication.PRIVATE_KEY_JWT)
                    .build();
            assertThatThrownBy(() -> RefreshTokenGrant.of(spec).refresh(Talk.old(), talk.call(app("client", key))))
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
                    .hasNoCause()
                    .message()
                    .doesNotContain("canary");
        }
    }

    @Test
    void aProviderReadsItsOwnErrorsFirst() {
        try (Talk talk = Talk.answering("400 Bad Request", "{\"code\":\"dead\"}")) {
            var spec = talk.spec()
                    .errorReader((status, json) ->
                            json.text("code").filter("dead"::equals).isPresent()
                                    ? new ErrorReader.Failure(Kind.TERMINAL, "dead")
                                    : null)
                    .build();
            var failure = catchThrowableOfType(
                    ProviderException.class, () -> RefreshTokenGrant.of(spec).refresh(Talk.old(), talk.call()));
            assertThat(failure.kind()).isEqualTo(Kind.TERMINAL);
            assertThat(failure.error()).isEqualTo("dead");
        }
    }

    @Test
    void aReaderThatStumblesShowsNothing() {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var spec = talk.spec()
                    .tokenReader((json, standard) -> {
                        throw new IllegalStateException("canary " + json.text("access_token"));
                    })
                    .errorReader((status, json) -> {
                        throw new IllegalStateException("canary");
                    })
                    .build();
            var failure = catchThrowableOfType(
                    ProviderException.class, () -> RefreshTokenGrant.of(spec).refresh(Talk.old(), talk.call()));
            assertThat(failure.error()).isEqualTo("answer_refused");
            assertThat(failure).hasNoCause();
            assertThat(failure.toString()).doesNotContain("canary");
        }
    }

    private static Tokens botAndUser() {
        Map<String, TokenSet> sets = new LinkedHashMap<>();
        sets.put("bot", Talk.set("bot-access", "bot-refresh"));
        sets.put("plain", Talk.set("plain-access", null));
        sets.put("user", Talk.set("user-access", "user-refresh"));
        return Tokens.named(sets);
    }

    /** Each set has a claim of its own, so that one request is one token spent. */
    @Test
    void setsAreRefreshedOneAtATime() {
        try (Talk talk = Talk.with((request, out, socket) -> {
            String old = Talk.form(request.body()).get("refresh_token");
            out.write(RawServer.json("200 OK", "{\"access_token\":\"new-" + old + "\"}"));
            socket.close();
        })) {
            RefreshTokenGrant grant = RefreshTokenGrant.of(talk.spec().build());
            assertThatThrownBy(() -> grant.refresh(botAndUser(), talk.call()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(talk.server.connections()).isZero();

            Map<String, TokenSet> turn = new LinkedHashMap<>(botAndUser().sets());
            turn.remove("bot");
            Tokens fresh = grant.refresh(Tokens.named(turn), talk.call());
            assertThat(fresh.sets()).containsOnlyKeys("user");
            assertThat(fresh.sets().get("user").accessToken().reveal()).isEqualTo("new-user-refresh");
            assertThat(fresh.orFrom(botAndUser()).sets()).containsOnlyKeys("bot", "plain", "user");
        }
    }

    @Test
    void aServiceWithoutRefreshIsOfStyleNever() {
        OAuth2Spec.Builder spec = OAuth2Spec.builder("https://a.example/authorize", "https://a.example/token");
        assertThat(RefreshTokenGrant.of(spec.build()).style()).isEqualTo(Style.REFRESH_TOKEN);
        assertThat(RefreshTokenGrant.of(spec.noRefresh().build()).style()).isEqualTo(Style.NEVER);
    }

    @Test
    void aFurtherGrantTypeIsSentTheSameWay() {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            Tokens tokens =
                    TokenEndpoint.of(talk.spec().build()).request("exchange", Map.of("token", "old"), talk.call());
            assertThat(tokens.main().accessToken().reveal()).isEqualTo("new-access");
            assertThat(talk.form()).containsEntry("grant_type", "exchange").containsEntry("token", "old");
        }
    }

    @Test
    void aPrivateEndpointIsBlockedAndNothingIsSent() {
        try (Talk talk = Talk.answering("200 OK", GOOD)) {
            var spec = OAuth2Spec.builder(
                            "https://a.example/authorize", "https://localhost:" + talk.server.port() + "/token")
                    .build();
            assertThatThrownBy(() -> RefreshTokenGrant.of(spec).refresh(Talk.old(), talk.call()))
                    .hasMessageContaining("POST localhost/token");
            assertThat(talk.server.connections()).isZero();
        }
    }

    @Test
    void textsOfTheTestsStayOutOfToString() {
        for (Object value : List.of(Talk.old(), Talk.old().main(), Talk.APP)) {
            assertThat(value.toString()).doesNotContain("canary");
        }
    }
}
