package dev.bulla.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bulla.testkit.service.Rotation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenTest {
    private final SetClock clock = new SetClock();
    private final AuthorizationServer server = AuthorizationServer.builder()
            .clock(clock)
            .user("alice", "pw", "Alice Example")
            .client(TestApp.ID, TestApp.SECRET, TestApp.REDIRECT)
            .client("public", null, TestApp.REDIRECT)
            .start();
    private final TestApp app = new TestApp(server);

    @AfterEach
    void stop() {
        server.close();
    }

    private static void assertRefused(HttpResponse<String> answer, String error) {
        assertThat(TestApp.json(answer)).containsEntry("error", error);
        assertThat(answer.statusCode()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
    }

    private static String refreshToken(HttpResponse<String> answer) {
        return String.valueOf(TestApp.json(answer).get("refresh_token"));
    }

    @Test
    void codeGivesTokensThatOpenTheApi() {
        Map<String, Object> tokens = app.connect("notes.read");

        assertThat(tokens).containsEntry("expires_in", 3600L).containsEntry("token_type", "Bearer");
        assertThat(app.get("/api/notes", tokens.get("access_token")).body()).contains("Alice Example");
        assertThat(server.journal().tokenRequests()).singleElement().satisfies(request -> {
            assertThat(request.authentication()).isEqualTo("basic");
            assertThat(request.toString()).doesNotContain(TestApp.VERIFIER);
        });
    }

    @Test
    void wrongVerifierIsRefusedAndUsesTheCodeUp() {
        String code = app.code("notes.read");
        Map<String, String> request = app.exchange(code);
        request.put("code_verifier", TestApp.VERIFIER.replace('d', 'e'));

        assertRefused(app.token(request), "invalid_grant");
        assertRefused(app.token(app.exchange(code)), "invalid_grant");
    }

    @Test
    void missingVerifierIsRefused() {
        Map<String, String> request = app.exchange(app.code("notes.read"));
        request.remove("code_verifier");

        assertRefused(app.token(request), "invalid_grant");
    }

    @Test
    void otherRedirectUriIsRefused() {
        Map<String, String> request = app.exchange(app.code("notes.read"));
        request.put("redirect_uri", TestApp.REDIRECT + "/");

        assertRefused(app.token(request), "invalid_grant");
    }

    @Test
    void codeLivesSixtySeconds() {
        String inTime = app.code("notes.read");
        String late = app.code("notes.read");
        clock.advance(Duration.ofSeconds(59));
        assertThat(app.token(app.exchange(inTime)).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertRefused(app.token(app.exchange(late)), "invalid_grant");
    }

    @Test
    void codeUsedTwiceEndsWhatItGave() {
        String code = app.code("notes.read");
        Map<String, Object> tokens = TestApp.json(app.token(app.exchange(code)));

        assertRefused(app.token(app.exchange(code)), "invalid_grant");
        assertThat(app.get("/api/me", tokens.get("access_token")).statusCode()).isEqualTo(401);
        assertRefused(app.refresh(String.valueOf(tokens.get("refresh_token"))), "invalid_grant");
    }

    @Test
    void codeOfAnotherAppIsRefused() {
        Map<String, String> request = app.exchange(app.code("notes.read"));
        request.put("client_id", "public");

        assertRefused(app.post("/token", request, ""), "invalid_grant");
    }

    @Test
    void clientProvesItselfByOneMethod() {
        Map<String, String> request = app.exchange(app.code("notes.read"));
        request.put("client_id", TestApp.ID);
        assertRefused(app.post("/token", request, ""), "invalid_client");
        request.put("client_secret", "wrong");
        assertRefused(app.post("/token", request, ""), "invalid_client");
        request.put("client_secret", TestApp.SECRET);
        assertRefused(app.token(request), "invalid_request");
        assertThat(app.post("/token", request, "").statusCode()).isEqualTo(200);
    }

    @Test
    void strictRotationEndsTheFamilyOnReuse() {
        Map<String, Object> first = app.connect("notes.read");
        String old = String.valueOf(first.get("refresh_token"));
        HttpResponse<String> second = app.refresh(old);
        Object access = TestApp.json(second).get("access_token");
        assertThat(app.get("/api/notes", access).statusCode()).isEqualTo(200);

        assertRefused(app.refresh(old), "invalid_grant");

        assertRefused(app.refresh(refreshToken(second)), "invalid_grant");
        assertThat(app.get("/api/notes", access).statusCode()).isEqualTo(401);
        assertThat(server.journal().redemptions(old)).isEqualTo(2);
        assertThat(server.journal().maxRedemptions()).isEqualTo(2);
    }

    @Test
    void simultaneousRefreshesHaveOneWinner() throws Exception {
        String token = String.valueOf(app.connect("notes.read").get("refresh_token"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Integer> refresh = () -> app.refresh(token).statusCode();

        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(8, refresh))) {
            statuses.add(answer.get());
        }
        threads.shutdown();

        assertThat(statuses).containsOnlyOnce(200).hasSize(8);
        assertThat(server.journal().redemptions(token)).isEqualTo(8);
    }

    @Test
    void graceAnswersReuseForAWhile() {
        server.service().rotation(Rotation.grace(Duration.ofSeconds(30)));
        String old = String.valueOf(app.connect("notes.read").get("refresh_token"));
        app.refresh(old);
        clock.advance(Duration.ofSeconds(29));
        HttpResponse<String> again = app.refresh(old);
        assertThat(again.statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));

        assertRefused(app.refresh(old), "invalid_grant");
        assertRefused(app.refresh(refreshToken(again)), "invalid_grant");
    }

    @Test
    void staticRefreshTokensKeepWorking() {
        server.service().rotation(Rotation.STATIC);
        String token = String.valueOf(app.connect("notes.read").get("refresh_token"));

        assertThat(TestApp.json(app.refresh(token))).containsKey("access_token").doesNotContainKey("refresh_token");
        assertThat(app.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void refreshMayAskForLessButNotForMore() {
        String token = String.valueOf(app.connect("notes.read notes.write").get("refresh_token"));
        HttpResponse<String> less =
                app.token(Map.of("grant_type", "refresh_token", "refresh_token", token, "scope", "notes.read"));
        assertThat(TestApp.json(less)).containsEntry("scope", "notes.read");

        assertRefused(
                app.token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken(less), "scope", "email")),
                "invalid_scope");
    }

    @Test
    void tokensEndByTheClock() {
        Map<String, Object> tokens = app.connect("notes.read");
        clock.advance(Duration.ofHours(1));
        assertThat(app.get("/api/notes", tokens.get("access_token")).statusCode())
                .isEqualTo(401);
        clock.advance(Duration.ofDays(30));
        assertRefused(app.refresh(String.valueOf(tokens.get("refresh_token"))), "invalid_grant");
        assertThat(server.grants("alice")).isEmpty();
    }

    @Test
    void idTokenIsSignedAndBoundToNonceAndAccessToken() throws Exception {
        Map<String, Object> tokens = app.connect("openid");
        SignedJWT jwt = SignedJWT.parse(String.valueOf(tokens.get("id_token")));
        JWKSet keys = JWKSet.parse(app.get("/jwks", "").body());
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(String.valueOf(tokens.get("access_token")).getBytes(StandardCharsets.US_ASCII));

        assertThat(jwt.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo(server.issuer().toString());
        assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(TestApp.ID);
        assertThat(jwt.getJWTClaimsSet().getStringClaim("nonce")).isEqualTo("n-1");
        assertThat(jwt.getJWTClaimsSet().getStringClaim("at_hash"))
                .isEqualTo(Base64URL.encode(Arrays.copyOf(digest, 16)).toString());
        assertThat(TestApp.json(app.get("/userinfo", tokens.get("access_token"))))
                .containsEntry("sub", jwt.getJWTClaimsSet().getSubject());
    }

    @Test
    void keyClientProvesItselfOnceWithEachAssertion() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        server.registerKeyClient(TestApp.ID, new JWKSet(key.toPublicJWK()).toString(), TestApp.REDIRECT);
        String assertion = assertion(key, server.issuer().toString());

        assertThat(withAssertion(assertion).statusCode()).isEqualTo(200);
        assertRefused(withAssertion(assertion), "invalid_client");
        assertRefused(withAssertion(assertion(key, "https://other.example")), "invalid_client");
        assertRefused(
                withAssertion(assertion(
                        new ECKeyGenerator(Curve.P_256).generate(),
                        server.issuer().toString())),
                "invalid_client");
    }

    private HttpResponse<String> withAssertion(String assertion) {
        Map<String, String> request = app.exchange(app.code("notes.read"));
        request.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        request.put("client_assertion", assertion);
        return app.post("/token", request, "");
    }

    private String assertion(ECKey key, String audience) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.ES256),
                new JWTClaimsSet.Builder()
                        .issuer(TestApp.ID)
                        .subject(TestApp.ID)
                        .audience(audience)
                        .jwtID(UUID.randomUUID().toString())
                        .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                        .build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }
}
