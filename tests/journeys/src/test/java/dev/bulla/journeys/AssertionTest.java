package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.AccountStatus;
import dev.bulla.oauth2.JwtBearerGrant;
import dev.bulla.oauth2.SignedJwt;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.TestClock;
import dev.bulla.testkit.store.InMemoryStore;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that sign assertions, for which a token endpoint gives access tokens (RFC 7523 section 2.1). */
class AssertionTest {
    private static final String TOKEN_URL = "https://as.example.com/token";

    private final TestClock time = TestClock.at(Instant.parse("2026-11-20T12:00:00Z"));
    private final List<HttpCall> minting = Collections.synchronizedList(new ArrayList<>());
    private final List<HttpCall> calls = Collections.synchronizedList(new ArrayList<>());
    private final KeyPair pair = pair();
    private volatile HttpAnswer answer = json(200, "{\"access_token\":\"at-1\",\"expires_in\":3600}");
    private Bulla bulla;

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
    }

    private static Provider provider() {
        JwtBearerGrant grant = JwtBearerGrant.at(
                TOKEN_URL,
                Duration.ofHours(1),
                (form, audience, now) -> {
                    long second = now.getEpochSecond();
                    Map<String, Object> claims =
                            Map.of("iss", "robot", "aud", audience, "iat", second, "exp", second + 3600);
                    return SignedJwt.of(form.getOrDefault("key", Secret.of("none")), "k1", claims);
                },
                (status, answer) -> answer.text("error_description").orElse("").startsWith("clock")
                        ? new Failure(Kind.MISCONFIGURED, "invalid_grant")
                        : null);
        KeyForm form = new KeyForm(
                List.of(Field.secret("key", "Key", "").checked(key -> SignedJwt.isKeyFor("RS256", key))),
                "key",
                (values, call) -> {
                    grant.mint(values, call);
                    return new Verification(true, Identity.of("robot", "robot"), List.of());
                },
                grant);
        return Provider.builder("robot", "Robot")
                .form(form)
                .api(ApiAccess.bearer("https://api.example.com"))
                .build();
    }

    private Member member() {
        bulla = Bulla.builder()
                .store(InMemoryStore.on(time::millis))
                .baseline(Baseline.open())
                .clock(time)
                .hostKeys(HostKeyring.ephemeral())
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(provider())
                .transport(new TestTransport(call -> {
                    boolean token = call.uri().toString().equals(TOKEN_URL);
                    (token ? minting : calls).add(call);
                    return token ? answer : json(200, "{}");
                }))
                .build();
        bulla.tenant("acme").connections().create("robot", "robot", Mode.FORM);
        return bulla.tenant("acme").member("alice");
    }

    private Member connected() {
        Member alice = member();
        alice.submit("robot", Map.of("key", pem()));
        minting.clear();
        return alice;
    }

    @AfterEach
    void close() {
        bulla.close();
    }

    private static int call(Member member) {
        try (Session session = member.session()) {
            return session.call("robot", ApiRequest.get("/a")).status();
        }
    }

    private static Map<String, String> form(HttpCall call) {
        Map<String, String> form = new java.util.HashMap<>();
        for (String one : new String(call.body(), StandardCharsets.US_ASCII).split("&")) {
            String[] pair = one.split("=", 2);
            form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void tokenIsAskedForWithASignedAssertionAndNoClient() throws GeneralSecurityException {
        Member alice = connected();
        time.advance(Duration.ofHours(1));
        call(alice);

        Map<String, String> sent = form(minting.get(0));
        String[] parts = sent.getOrDefault("assertion", "").split("\\.");
        long now = time.instant().getEpochSecond();
        assertThat(sent).containsOnlyKeys("grant_type", "assertion");
        assertThat(sent).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        assertThat(minting.get(0).headers()).doesNotContainKey("Authorization");
        assertThat(text(parts[0])).contains("\"alg\":\"RS256\"").contains("\"kid\":\"k1\"");
        assertThat(text(parts[1]))
                .contains("\"iss\":\"robot\"")
                .contains("\"aud\":\"" + TOKEN_URL + "\"")
                .contains("\"iat\":" + now)
                .contains("\"exp\":" + (now + 3600));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(calls.get(0).headers()).containsEntry("Authorization", "Bearer at-1");
    }

    @Test
    void outageOfTheServiceLeavesTheAccountAndTheNextCallMints() {
        Member alice = connected();
        time.advance(Duration.ofHours(1));
        answer = json(500, "");
        assertThat(Stage.failure(() -> call(alice)).isRetryable()).isTrue();
        assertThat(alice.accounts().get(0).status()).isEqualTo(AccountStatus.ACTIVE);

        answer = json(200, "{\"access_token\":\"at-2\",\"expires_in\":3600}");
        time.advance(Duration.ofMinutes(5));
        assertThat(call(alice)).isEqualTo(200);
        assertThat(calls.get(0).headers()).containsEntry("Authorization", "Bearer at-2");
    }

    @Test
    void deadKeyAsksForANewOne() {
        Member alice = connected();
        time.advance(Duration.ofHours(1));
        answer = json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"bad signature\"}");

        assertThat(Stage.failure(() -> call(alice)).code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
    }

    @Test
    void refusalThatIsNotAboutTheKeyBlamesNoMember() {
        Member alice = connected();
        time.advance(Duration.ofHours(1));
        answer = json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"clock is off\"}");
        Stage.failure(() -> call(alice));

        assertThat(alice.accounts().get(0).status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void keyThatCanNotSignIsRefusedBeforeAnythingIsSent() {
        Member alice = member();
        BullaException refused = Stage.failure(() -> alice.submit("robot", Map.of("key", pem().substring(0, 400))));

        assertThat(refused.code()).isEqualTo(ErrorCode.FORM_REFUSED);
        assertThat(minting).isEmpty();
    }
}
