package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.audit.AuditSettings;
import dev.bulla.audit.AuditSettings.WhenFull;
import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Admission.Word;
import dev.bulla.model.Settings;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicySets;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.provider.Mode;
import dev.bulla.tool.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of what stands between a call and its service, and that a refused call reaches nobody. */
class GateTest {
    private static final int ROOM = 100;

    private final Booth booth = new Booth();
    private final AtomicReference<Word> word = new AtomicReference<>(Word.ADMITTED);
    private final AtomicReference<Optional<String>> set = new AtomicReference<>(Optional.of(PolicySets.SHARED));
    private final AtomicReference<Optional<Duration>> wait = new AtomicReference<>(Optional.empty());
    private final CountDownLatch sink = new CountDownLatch(1);
    private Bulla node;

    @BeforeEach
    void start() {
        node = booth.node(
                Booth.provider().build(),
                setup -> setup.admission((tenant, member) -> word.get())
                        .policySets((tenant, member) -> set.get())
                        .rateLimits(taker -> wait.get())
                        .audit(AuditSettings.off().capacity(ROOM).also(entries -> Crowd.pass(sink), WhenFull.REFUSE)));
        Booth.connection(node, "notes");
    }

    @AfterEach
    void close() {
        sink.countDown();
        booth.close();
    }

    private static ErrorCode refusal(Runnable call) {
        return Stage.failure(call).code();
    }

    /** The sink takes nothing, and every place before it is taken. */
    private void fillTheAudit() {
        Booth.connect(node, "notes", "ben");
        try (Session ben = Booth.member(node, "ben").session()) {
            List<BullaException> refusals = new ArrayList<>();
            Crowd.until(() -> {
                try {
                    ben.call("notes", ApiRequest.get("/me"));
                } catch (BullaException e) {
                    refusals.add(e);
                }
                return !refusals.isEmpty();
            });
            assertThat(refusals.get(0).code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
        }
        booth.sent.clear();
    }

    @Test
    void earlierStepWins() {
        fillTheAudit();
        word.set(Word.TENANT_DISABLED);
        set.set(Optional.empty());
        wait.set(Optional.of(Duration.ofSeconds(7)));
        Booth.owner(node).disable("notes");
        AtomicReference<String> target = new AtomicReference<>("/a/../b");
        Session gone = Booth.member(node, "alice").session();
        gone.close();
        assertThat(refusal(() -> gone.call("notes", ApiRequest.get(target.get()))))
                .isEqualTo(ErrorCode.SESSION_CLOSED);

        Map<ErrorCode, Runnable> repairs = new java.util.LinkedHashMap<>();
        repairs.put(ErrorCode.TENANT_DISABLED, () -> word.set(Word.MEMBER_NOT_APPROVED));
        repairs.put(ErrorCode.MEMBER_NOT_APPROVED, () -> word.set(Word.ADMITTED));
        repairs.put(ErrorCode.NOT_ENABLED, () -> Booth.owner(node).enable("notes"));
        repairs.put(ErrorCode.INVALID_ARGUMENT, () -> target.set("/b"));
        repairs.put(ErrorCode.POLICY_DENIED, () -> set.set(Optional.of(PolicySets.SHARED)));
        repairs.put(ErrorCode.RATE_LIMITED, () -> wait.set(Optional.empty()));
        repairs.put(ErrorCode.AUDIT_UNAVAILABLE, this::emptyTheAudit);
        repairs.put(ErrorCode.NOT_CONNECTED, () -> Booth.connect(node, "notes", "alice"));
        try (Session alice = Booth.member(node, "alice").session()) {
            repairs.forEach((code, repair) -> {
                assertThat(refusal(() -> alice.call("notes", ApiRequest.get(target.get()))))
                        .isEqualTo(code);
                if (code != ErrorCode.INVALID_ARGUMENT) { // a token has no target
                    assertThat(refusal(() -> alice.tokenForSdk("notes"))).isEqualTo(code);
                }
                assertThat(booth.sent).isEmpty();
                repair.run();
            });
            assertThat(alice.call("notes", ApiRequest.get(target.get())).status())
                    .isEqualTo(200);
            assertThat(booth.called()).containsExactly(Booth.HOME + "/b");
        }
    }

    private void emptyTheAudit() {
        sink.countDown();
        Crowd.until(() -> node.maintenance().auditHealth().stream().allMatch(health -> health.waiting() == 0));
    }

    @Test
    void refusalTellsWhatAndForHowLong() {
        Booth.connect(node, "notes", "alice");
        try (Session alice = Booth.member(node, "alice").session()) {
            wait.set(Optional.of(Duration.ofSeconds(7)));
            CallRefused limited = (CallRefused) Stage.failure(() -> alice.call("notes", ApiRequest.get("/me")));
            assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(limited.connection()).isEqualTo("notes");
            assertThat(limited.advice().about()).containsExactly("7 s");
            assertThat(limited.isRetryable()).isTrue();

            set.set(Optional.empty());
            CallRefused denied = (CallRefused) Stage.failure(() -> alice.call("notes", ApiRequest.get("/me")));
            assertThat(denied.code()).isEqualTo(ErrorCode.POLICY_DENIED);
            assertThat(denied.connection()).isEqualTo("notes");
            assertThat(denied.isRetryable()).isFalse();
        }
    }

    @Test
    void whatTheHostsCodeThrowsLetsNobodyThrough() {
        Booth.connect(node, "notes", "alice");
        Bulla other = booth.node(
                Booth.provider().build(),
                setup -> setup.admission((tenant, member) -> {
                    throw new IllegalStateException("canary");
                }));
        Bulla third = booth.node(
                Booth.provider().build(),
                setup -> setup.rateLimits(taker -> {
                    throw new IllegalStateException("canary");
                }));
        Bulla fourth = booth.node(
                Booth.provider().build(),
                setup -> setup.policySets((tenant, member) -> {
                    throw new IllegalStateException("canary");
                }));
        for (Bulla broken : List.of(other, third, fourth)) {
            try (Session alice = Booth.member(broken, "alice").session()) {
                BullaException refusal = Stage.failure(() -> alice.call("notes", ApiRequest.get("/me")));
                assertThat(refusal.code()).isIn(ErrorCode.SETUP, ErrorCode.POLICY_UNREADABLE);
                assertThat(refusal).hasMessageNotContaining("canary").hasNoCause();
            }
        }
        assertThat(booth.sent).isEmpty();
    }

    @Test
    void hostsCredentialPassesTheSameChain() {
        Booth.owner(node).create("everybody", "keyed", Mode.HOST_CREDENTIAL);
        Booth.owner(node).save("everybody", Settings.none().withSecret("key", "shared"));
        try (Session ben = Booth.member(node, "ben").session()) {
            word.set(Word.MEMBER_NOT_APPROVED);
            assertThat(refusal(() -> ben.call("everybody", ApiRequest.get("/me"))))
                    .isEqualTo(ErrorCode.MEMBER_NOT_APPROVED);
            word.set(Word.ADMITTED);
            set.set(Optional.empty());
            assertThat(refusal(() -> ben.call("everybody", ApiRequest.get("/me"))))
                    .isEqualTo(ErrorCode.POLICY_DENIED);
            set.set(Optional.of(PolicySets.SHARED));
            wait.set(Optional.of(Duration.ofSeconds(1)));
            assertThat(refusal(() -> ben.call("everybody", ApiRequest.get("/me"))))
                    .isEqualTo(ErrorCode.RATE_LIMITED);
            wait.set(Optional.empty());
            assertThat(booth.sent).isEmpty();
            assertThat(ben.call("everybody", ApiRequest.get("/me")).status()).isEqualTo(200);
        }
    }

    @Test
    void everyNodeSeesASwitchAtTheNextCall() {
        Booth.connect(node, "notes", "alice");
        Bulla other = booth.node();
        try (Session here = Booth.member(node, "alice").session();
                Session there = Booth.member(other, "alice").session()) {
            for (int round = 0; round < 3; round++) {
                assertThat(here.call("notes", ApiRequest.get("/me")).status()).isEqualTo(200);
                assertThat(there.call("notes", ApiRequest.get("/me")).status()).isEqualTo(200);
                Booth.owner(round % 2 == 0 ? node : other).disable("notes");
                assertThat(refusal(() -> here.call("notes", ApiRequest.get("/me"))))
                        .isEqualTo(ErrorCode.NOT_ENABLED);
                assertThat(refusal(() -> there.call("notes", ApiRequest.get("/me"))))
                        .isEqualTo(ErrorCode.NOT_ENABLED);
                Booth.owner(node).enable("notes");
            }
        }
    }

    @Test
    void everyNodeSeesAPolicyAtTheNextCall() {
        Booth.connect(node, "notes", "alice");
        Bulla other = booth.node();
        ApiRequest write = ApiRequest.post("/me", "{}");
        try (Session here = Booth.member(node, "alice").session();
                Session there = Booth.member(other, "alice").session()) {
            for (int round = 0; round < 3; round++) {
                assertThat(here.call("notes", write).status()).isEqualTo(200);
                assertThat(there.call("notes", write).status()).isEqualTo(200);
                booth.sent.clear();
                PolicyVersion forbid = Booth.owner(round % 2 == 0 ? node : other)
                        .policies("notes")
                        .create(Policy.forbid("No changes " + round)
                                .tiers(Tier.WRITE)
                                .denyMessage("not on Fridays")
                                .build());
                for (Session session : List.of(here, there)) {
                    CallRefused denied = (CallRefused) Stage.failure(() -> session.call("notes", write));
                    assertThat(denied.code()).isEqualTo(ErrorCode.POLICY_DENIED);
                    assertThat(denied.denyMessage()).isEqualTo("not on Fridays");
                    assertThat(session.call("notes", ApiRequest.get("/me")).status())
                            .isEqualTo(200);
                }
                assertThat(booth.sent).extracting(call -> call.method()).containsOnly("GET");
                Booth.owner(node).policies("notes").delete(forbid.id());
            }
        }
    }

    @Test
    void denialsAreCountedInTheirSessionOnly() {
        Booth.connect(node, "notes", "alice");
        Booth.owner(node)
                .policies("notes")
                .create(Policy.forbid("No changes").tiers(Tier.WRITE).build());
        Booth.owner(node)
                .policies("notes")
                .create(Policy.forbid("Enough").afterDenials(2).build());
        try (Session trying = Booth.member(node, "alice").session();
                Session other = Booth.member(node, "alice").session()) {
            for (int i = 0; i < 2; i++) {
                assertThat(trying.call("notes", ApiRequest.get("/me")).status()).isEqualTo(200);
                assertThat(refusal(() -> trying.call("notes", ApiRequest.post("/me", "{}"))))
                        .isEqualTo(ErrorCode.POLICY_DENIED);
            }
            assertThat(refusal(() -> trying.call("notes", ApiRequest.get("/me"))))
                    .isEqualTo(ErrorCode.POLICY_DENIED);
            assertThat(other.call("notes", ApiRequest.get("/me")).status()).isEqualTo(200);
        }
    }

    @Test
    void sessionsHaveIdsOfTheirOwn() {
        try (Session one = Booth.member(node, "alice").session();
                Session other = Booth.member(node, "alice").session()) {
            assertThat(one.id()).isNotEqualTo(other.id()).isNotEmpty();
        }
    }
}
