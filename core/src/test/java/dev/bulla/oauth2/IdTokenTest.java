package dev.bulla.oauth2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bulla.http.RawServer;
import dev.bulla.provider.App;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow.Completion;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Tokens;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenTest {
    private static final String ISSUER = "https://issuer.example";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static RSAKey rsa;
    private static RSAKey otherRsa;
    private static ECKey ec;

    private String idToken = "";
    private String keys = keySet(rsa);
    private String userInfo = "{\"sub\":\"alice\",\"name\":\"Alice at home\"}";
    private final Talk talk = Talk.with((request, out, socket) -> {
        out.write(RawServer.json(
                "200 OK",
                switch (request.target()) {
                    case "/token" ->
                        "{\"access_token\":\"tok\"" + (idToken.isEmpty() ? "" : ",\"id_token\":\"" + idToken + "\"")
                                + "}";
                    case "/keys" -> keys;
                    default -> userInfo;
                }));
        socket.close();
    });
    private AuthorizationCodeFlow flow =
            AuthorizationCodeFlow.of(spec("RS256", "ES256").build());

    @BeforeAll
    static void makeKeys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("k1").generate();
        otherRsa = new RSAKeyGenerator(2048).keyID("k1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    }

    @AfterEach
    void close() {
        talk.close();
    }

    private OAuth2Spec.Builder spec(String... algorithms) {
        return OAuth2Spec.builder(talk.server.url("/authorize"), talk.server.url("/token"))
                .openIdConnect(ISSUER, talk.server.url("/keys"), algorithms);
    }

    private static String keySet(JWK... keys) {
        return "{\"keys\":["
                + List.of(keys).stream()
                        .map(key -> key.toPublicJWK().toJSONString())
                        .collect(Collectors.joining(",")) + "]}";
    }

    private static Map<String, Object> header(String algorithm, String id) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("kid", id);
        return header;
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", "client");
        claims.put("sub", "alice");
        claims.put("nonce", "nonce-1");
        claims.put("iat", Talk.NOW.getEpochSecond());
        claims.put("exp", Talk.NOW.getEpochSecond() + 300);
        claims.put("name", "Alice");
        return claims;
    }

    private static String sign(Map<String, Object> header, Map<String, Object> claims, JWSSigner signer) {
        try {
            String signed = encode(header) + "." + encode(claims);
            Map<String, Object> plain = new LinkedHashMap<>(Map.of("alg", header.get("alg")));
            return signed + "." + signer.sign(JWSHeader.parse(plain), signed.getBytes(UTF_8));
        } catch (JOSEException | java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static String encode(Map<String, Object> json) {
        return BASE64.encodeToString(JSONObjectUtils.toJSONString(json).getBytes(UTF_8));
    }

    private static String signed(Map<String, Object> header, Map<String, Object> claims) {
        try {
            return sign(header, claims, new RSASSASigner(rsa));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String withClaims(Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = claims();
        change.accept(claims);
        return signed(header("RS256", "k1"), claims);
    }

    private static String withHeader(Consumer<Map<String, Object>> change) {
        Map<String, Object> header = header("RS256", "k1");
        change.accept(header);
        return signed(header, claims());
    }

    private Tokens complete(Instant now) {
        Completion completion = new Completion(Secret.of("code"), Secret.of("verifier"), "nonce-1", List.of("openid"));
        App app = Talk.APP;
        return flow.complete(completion, talk.call(app, now));
    }

    private Identity identity() {
        return flow.identify(complete(Talk.NOW), talk.call());
    }

    private void assertRefused(String token, String reason) {
        idToken = token;
        var failure = catchThrowableOfType(ProviderException.class, () -> complete(Talk.NOW));
        assertThat(failure).as(reason).isNotNull();
        assertThat(failure.error()).isEqualTo("id_token_refused");
        assertThat(failure).hasMessage("the ID token is not taken: " + reason).hasNoCause();
    }

    @Test
    void aGoodTokenIsTaken() throws Exception {
        idToken = signed(header("RS256", "k1"), claims());
        assertThat(identity()).isEqualTo(Identity.of("alice", "Alice"));

        keys = keySet(rsa, ec);
        flow = AuthorizationCodeFlow.of(spec("ES256").build());
        idToken = sign(header("ES256", "e1"), claims(), new ECDSASigner(ec));
        assertThat(identity().subject()).isEqualTo("alice");
    }

    @Test
    void aMissingTokenIsRefused() {
        assertRefused("", "missing");
    }

    @Test
    void noneAndHmacAreRefused() throws Exception {
        Map<String, Object> none = header("none", "k1");
        assertRefused(encode(none) + "." + encode(claims()) + ".", "form");
        assertRefused(encode(none) + "." + encode(claims()) + ".AA", "alg");
        byte[] publicKey = rsa.toRSAPublicKey().getEncoded();
        assertRefused(sign(header("HS256", "k1"), claims(), new MACSigner(publicKey)), "alg");
        assertRefused(signed(header("RS384", "k1"), claims()), "alg");
    }

    @Test
    void encryptedAndNestedTokensAreRefused() {
        assertRefused("a.b.c.d.e", "form");
        assertRefused(withHeader(header -> header.put("cty", "JWT")), "header cty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u", "jwk", "crit", "zip"})
    void headersThatBringKeysAlongAreRefused(String name) {
        assertRefused(withHeader(header -> header.put(name, talk.server.url("/evil"))), "header " + name);
        assertThat(talk.server.requests()).noneMatch(request -> request.target().equals("/evil"));
    }

    @Test
    void tokensOfOtherKindsAreRefused() {
        for (String typ : List.of("at+jwt", "logout+jwt", "secevent+jwt", "dpop+jwt", "")) {
            assertRefused(withHeader(header -> header.put("typ", typ)), "header typ");
        }
        idToken = withHeader(header -> header.put("typ", "JWT"));
        assertThat(complete(Talk.NOW)).isNotNull();
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() throws Exception {
        assertRefused(sign(header("RS256", "k1"), claims(), new RSASSASigner(otherRsa)), "signature");
        String good = signed(header("RS256", "k1"), claims());
        String forged = encode(header("RS256", "k1")) + "." + encode(Map.of("sub", "mallory"))
                + good.substring(good.lastIndexOf('.'));
        assertRefused(forged, "signature");
    }

    @Test
    void otherWritingsOfTheSameBytesAreRefused() {
        String good = signed(header("RS256", "k1"), claims());
        assertRefused(good + "=", "form");
        assertRefused(" " + good, "form");
        assertRefused(good + "\\n", "form");
        assertRefused(good.replaceFirst("\\.", "+."), "form");
        // 256 bytes leave four bits over behind the last character
        String last = good.substring(good.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        assertRefused(good.substring(0, good.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1), "form");
    }

    @Test
    void duplicateNamesInsideAreRefused() throws Exception {
        String claims = JSONObjectUtils.toJSONString(claims());
        String doubled = claims.substring(0, claims.length() - 1) + ",\"sub\":\"mallory\"}";
        String signed = encode(header("RS256", "k1")) + "." + BASE64.encodeToString(doubled.getBytes(UTF_8));
        String signature = new RSASSASigner(rsa)
                .sign(JWSHeader.parse(Map.of("alg", "RS256")), signed.getBytes(UTF_8))
                .toString();
        assertRefused(signed + "." + signature, "form");
    }

    @Test
    void keysAreUsedForWhatTheyAreMadeFor() throws Exception {
        String good = signed(header("RS256", "k1"), claims());
        for (RSAKey key : List.of(
                new RSAKey.Builder(rsa).keyUse(KeyUse.ENCRYPTION).build(),
                new RSAKey.Builder(rsa)
                        .keyOperations(Set.of(KeyOperation.ENCRYPT))
                        .build(),
                new RSAKey.Builder(rsa)
                        .algorithm(com.nimbusds.jose.JWSAlgorithm.PS256)
                        .build(),
                new RSAKey.Builder(rsa).keyID("k2").build(),
                new RSAKeyGenerator(1024, true).keyID("k1").generate())) {
            flow = AuthorizationCodeFlow.of(spec("RS256").build());
            keys = keySet(key);
            assertRefused(good, "kid");
        }
        flow = AuthorizationCodeFlow.of(spec("RS256").build());
        keys = keySet(new ECKey.Builder(ec).keyID("k1").build());
        assertRefused(good, "kid");
    }

    @Test
    void withoutAKeyIdTheKeyMustBeClear() throws Exception {
        idToken = withHeader(header -> header.remove("kid"));
        assertThat(complete(Talk.NOW)).isNotNull();

        flow = AuthorizationCodeFlow.of(spec("RS256").build());
        keys = keySet(rsa, new RSAKeyGenerator(2048).keyID("k2").generate());
        assertRefused(idToken, "kid");
    }

    @Test
    void theAudienceMustBeUs() {
        assertRefused(withClaims(claims -> claims.put("aud", "other")), "aud");
        assertRefused(withClaims(claims -> claims.put("aud", List.of())), "aud");
        assertRefused(withClaims(claims -> claims.remove("aud")), "aud");
        assertRefused(withClaims(claims -> claims.put("aud", List.of("client", "other"))), "azp");
        assertRefused(withClaims(claims -> claims.put("azp", "other")), "azp");
        assertRefused(withClaims(claims -> claims.put("azp", 7)), "azp");
        for (Object audience : List.of("client", List.of("client"))) {
            idToken = withClaims(claims -> claims.put("aud", audience));
            assertThat(complete(Talk.NOW)).isNotNull();
        }
        idToken = withClaims(claims -> {
            claims.put("aud", List.of("other", "client"));
            claims.put("azp", "client");
        });
        assertThat(complete(Talk.NOW)).isNotNull();
    }

    @Test
    void issuerNonceAndSubjectMustBeRight() {
        assertRefused(withClaims(claims -> claims.put("iss", ISSUER + "/")), "iss");
        assertRefused(withClaims(claims -> claims.remove("iss")), "iss");
        assertRefused(withClaims(claims -> claims.put("nonce", "nonce-of-another-flow")), "nonce");
        assertRefused(withClaims(claims -> claims.remove("nonce")), "nonce");
        assertRefused(withClaims(claims -> claims.put("sub", "")), "sub");
        assertRefused(withClaims(claims -> claims.put("sub", "s".repeat(256))), "sub");
        assertRefused(withClaims(claims -> claims.put("sub", 42)), "sub");
        assertRefused(withClaims(claims -> claims.remove("sub")), "sub");
    }

    @Test
    void anIssuerMayHaveFurtherNames() {
        flow = AuthorizationCodeFlow.of(
                spec("RS256").furtherIdTokenIssuers("issuer.example").build());
        for (String name : List.of(ISSUER, "issuer.example")) {
            idToken = withClaims(claims -> claims.put("iss", name));
            assertThat(complete(Talk.NOW)).isNotNull();
        }
        assertRefused(withClaims(claims -> claims.put("iss", "http://issuer.example")), "iss");
        assertRefused(withClaims(claims -> claims.put("iss", List.of(ISSUER))), "iss");
        assertThat(flow.issuer(talk.call())).isEqualTo(ISSUER);
    }

    @Test
    void timesHaveAMinuteOfSkew() {
        long now = Talk.NOW.getEpochSecond();
        assertRefused(withClaims(claims -> claims.put("exp", now - 60)), "exp");
        assertRefused(withClaims(claims -> claims.remove("exp")), "exp");
        assertRefused(withClaims(claims -> claims.put("exp", "soon")), "exp");
        assertRefused(withClaims(claims -> claims.put("exp", new java.math.BigDecimal("1e30"))), "exp");
        assertRefused(withClaims(claims -> claims.put("iat", now + 61)), "iat");
        assertRefused(withClaims(claims -> claims.remove("iat")), "iat");
        assertRefused(withClaims(claims -> claims.put("nbf", now + 61)), "nbf");
        idToken = withClaims(claims -> {
            claims.put("exp", now - 59);
            claims.put("iat", now + 60);
            claims.put("nbf", now + 60);
        });
        assertThat(complete(Talk.NOW)).isNotNull();
    }

    /** The example of OpenID Connect Core appendix A.4 has another token; this is the same computation over ours. */
    @Test
    void theHashOfTheAccessTokenIsCheckedWhereItIsThere() throws Exception {
        byte[] hash = java.security.MessageDigest.getInstance("SHA-256").digest("tok".getBytes(UTF_8));
        String half = BASE64.encodeToString(java.util.Arrays.copyOf(hash, 16));
        idToken = withClaims(claims -> claims.put("at_hash", half));
        assertThat(complete(Talk.NOW)).isNotNull();
        assertRefused(withClaims(claims -> claims.put("at_hash", BASE64.encodeToString(hash))), "at_hash");
        assertRefused(withClaims(claims -> claims.put("at_hash", 7)), "at_hash");
    }

    @Test
    void userInfoMustSpeakOfTheSameAccount() {
        flow = AuthorizationCodeFlow.of(
                spec("RS256").identity(talk.server.url("/me"), "sub", "name").build());
        idToken = signed(header("RS256", "k1"), claims());
        assertThat(identity()).isEqualTo(Identity.of("alice", "Alice at home"));

        userInfo = "{\"sub\":\"mallory\"}";
        var failure = catchThrowableOfType(ProviderException.class, this::identity);
        assertThat(failure.error()).isEqualTo("answer_refused");
    }

    private long fetches() {
        return talk.server.requests().stream()
                .filter(request -> request.target().equals("/keys"))
                .count();
    }

    @Test
    void inventedKeyIdsCauseNoFlood() {
        for (int i = 0; i < 20; i++) {
            assertRefused(signed(header("RS256", "invented-" + i), claims()), "kid");
        }
        assertThat(fetches()).isEqualTo(1);

        for (int second : new int[] {29, 30, 31, 59, 60}) {
            idToken = signed(header("RS256", "invented"), claims());
            assertThat(catchThrowableOfType(ProviderException.class, () -> complete(Talk.NOW.plusSeconds(second))))
                    .isNotNull();
        }
        assertThat(fetches()).isEqualTo(3);
    }

    @Test
    void aNewKeyIsFoundAndAKeySetIsNotKeptForEver() throws Exception {
        idToken = signed(header("RS256", "k1"), claims());
        complete(Talk.NOW);
        keys = keySet(rsa, ec);
        idToken = sign(header("ES256", "e1"), claims(), new ECDSASigner(ec));
        complete(Talk.NOW.plusSeconds(30));
        assertThat(fetches()).isEqualTo(2);

        keys = keySet(ec);
        Map<String, Object> later = claims();
        later.put("exp", Talk.NOW.getEpochSecond() + 10_000);
        idToken = signed(header("RS256", "k1"), later);
        complete(Talk.NOW.plusSeconds(3_629));
        assertThat(catchThrowableOfType(ProviderException.class, () -> complete(Talk.NOW.plusSeconds(3_630)))
                        .error())
                .isEqualTo("id_token_refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"keys\":[]}", "{\"keys\":7}", "<html>", "{\"keys\":[],\"keys\":[]}"})
    void anUnusableKeySetIsNoKeySet(String body) {
        keys = body;
        idToken = signed(header("RS256", "k1"), claims());
        var failure = catchThrowableOfType(ProviderException.class, () -> complete(Talk.NOW));
        assertThat(failure.error()).isEqualTo("keys_unavailable");
    }

    @Test
    void unknownKindsOfKeysArePassedOverAndTheNumberIsBounded() {
        String key = rsa.toPublicJWK().toJSONString();
        keys = "{\"keys\":[7,null,{\"kty\":\"new\"},{\"kty\":\"RSA\"},{\"kty\":\"oct\",\"k\":\"AA\"}," + key + "]}";
        idToken = signed(header("RS256", "k1"), claims());
        assertThat(complete(Talk.NOW)).isNotNull();

        flow = AuthorizationCodeFlow.of(spec("RS256").build());
        keys = "{\"keys\":[" + "7,".repeat(100) + key + "]}";
        assertThat(catchThrowableOfType(ProviderException.class, () -> complete(Talk.NOW))
                        .error())
                .isEqualTo("keys_unavailable");
    }
}
