package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Maintenance;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditHealth;
import dev.bulla.audit.AuditSettings;
import dev.bulla.audit.AuditSettings.WhenFull;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.testkit.TestBulla;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of entries, and of calls, while a sink takes none. */
@Timeout(60)
class AuditSinkTest {
    private final Chronicle audit = new Chronicle();
    private final Gallery sink = new Gallery();

    @AfterEach
    void close() {
        audit.close();
    }

    @Test
    void deadSinkRefusesCallsOnceTheBufferIsFullAndNothingIsLostWhenItIsBack() {
        AuditSettings settings =
                AuditSettings.standard().notStored().capacity(100).also(sink, WhenFull.REFUSE);
        try (TestBulla other = audit.with(settings)) {
            other.connect("acme", "alice", "github");
            sink.close();
            audit.asked.clear();
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 100).forEach(i -> session.call("github", ApiRequest.get("/issues")));

                assertThatThrownBy(() -> session.call("github", ApiRequest.get("/issues")))
                        .isInstanceOfSatisfying(BullaException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
                            assertThat(e.isRetryable()).isTrue();
                        });
                assertThat(audit.asked).hasSize(100);
                Maintenance maintenance = other.bulla().maintenance();
                Crowd.until(
                        () -> maintenance.auditHealth().get(0).failingSince().isPresent());
                assertThat(maintenance.auditHealth()).singleElement().returns(100, AuditHealth::waiting);

                sink.open();
                Crowd.until(() -> maintenance.auditHealth().get(0).waiting() == 0);
                session.call("github", ApiRequest.get("/issues"));
            }
        }
        assertThat(sink.uses()).hasSize(101).doesNotHaveDuplicates();
    }

    @Test
    void sinkThatHangsIsSeenByHowLongItHasBeenAtWork() {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        AuditSettings settings = AuditSettings.standard()
                .notStored()
                .also(
                        entries -> {
                            entered.countDown();
                            Crowd.pass(hanging);
                        },
                        WhenFull.REFUSE);
        try (TestBulla other = audit.with(settings).at("2026-11-20T12:00:00Z")) {
            assertThat(other.bulla().maintenance().auditHealth().get(0).writingSince())
                    .isEmpty();
            other.connect("acme", "alice", "github");
            Crowd.pass(entered);
            other.advance(Duration.ofMinutes(5));

            AuditHealth health = other.bulla().maintenance().auditHealth().get(0);
            assertThat(health.failingSince()).isEmpty();
            assertThat(health.writingSince()).contains(Instant.parse("2026-11-20T12:00:00Z"));
            hanging.countDown();
        }
    }

    @Test
    void deadSinkThatMayDropLetsCallsGoOnAndSaysHowManyAreMissing() {
        AuditSettings settings =
                AuditSettings.standard().notStored().capacity(100).also(sink, WhenFull.DROP);
        try (TestBulla other = audit.with(settings)) {
            other.connect("acme", "alice", "github");
            sink.close();
            audit.asked.clear();
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 130).forEach(i -> session.call("github", ApiRequest.get("/issues")));
            }
            assertThat(audit.asked).hasSize(130);
            assertThat(other.bulla().maintenance().auditHealth().get(0).dropped())
                    .isEqualTo(30);
            sink.open();
        }
        assertThat(sink.uses()).hasSize(100);
        assertThat(sink.all())
                .filteredOn(entry -> entry.act().action() == Action.DROPPED)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.tenant()).isEqualTo("acme");
                    assertThat(entry.act().arguments()).isEqualTo("{\"entries\":30}");
                });
    }

    @Test
    void whoIsDeniedAgainAndAgainStopsNobodyElse() {
        AuditSettings settings =
                AuditSettings.standard().notStored().capacity(100).also(sink, WhenFull.REFUSE);
        try (TestBulla other = audit.with(settings)) {
            other.connect("acme", "alice", "github");
            sink.close();
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                for (int i = 0; i < 200; i++) {
                    assertThatThrownBy(() -> session.call("nothing", ApiRequest.get("/issues")))
                            .isInstanceOfSatisfying(
                                    BullaException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN));
                }
                session.call("github", ApiRequest.get("/issues"));
                other.bulla().tenant("acme").connections().disable("github");
            }
            sink.open();
        }
        assertThat(sink.uses()).filteredOn(entry -> entry.verdict().allowed()).hasSize(1);
        assertThat(sink.all()).extracting(entry -> entry.act().action()).contains(Action.CONNECTION_DISABLED);
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        AuditSettings settings = AuditSettings.standard().notStored().also(sink, WhenFull.REFUSE);
        try (TestBulla other = audit.with(settings)) {
            other.connect("acme", "alice", "github");
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 600).forEach(i -> session.call("github", ApiRequest.get("/issues")));
            }
        }
        assertThat(sink.uses()).hasSize(600);
        assertThat(sink.largest()).isBetween(2, 500);
    }

    @Test
    void entryThatASinkRefusesHoldsUpNoOther() {
        AuditSettings settings = AuditSettings.standard().notStored().also(sink, WhenFull.REFUSE);
        try (TestBulla other = audit.with(settings)) {
            other.connect("acme", "alice", "github");
            sink.refuse("/teams");
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 20)
                        .forEach(i -> session.call("github", ApiRequest.get(i == 7 ? "/teams" : "/issues")));
            }
        }
        assertThat(sink.uses()).hasSize(19);
    }
}
