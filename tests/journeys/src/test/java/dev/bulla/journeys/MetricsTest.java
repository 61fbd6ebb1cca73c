package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Maintenance.Swept;
import dev.bulla.Session;
import dev.bulla.SweepSettings;
import dev.bulla.Sweeper;
import dev.bulla.Sweeper.Round;
import dev.bulla.audit.AuditSettings;
import dev.bulla.audit.AuditSettings.WhenFull;
import dev.bulla.error.BullaException;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.Telemetry;
import dev.bulla.integrations.micrometer.BullaMetrics;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.store.InMemoryStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry counts, and what it never hears of. */
class MetricsTest {
    private static final Duration ENDED = Duration.ofMinutes(61);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Time storeTime = new Time(Instant.parse("2026-11-20T12:00:00Z"));
    private final FaultyStore faults =
            new FaultyStore(InMemoryStore.on(() -> storeTime.instant().toEpochMilli()));
    private final World world = new World(
            Rotation.STRICT,
            ReuseRule.afterExpiry(),
            faults.store(),
            setup -> setup.telemetry(BullaMetrics.bindTo(registry)));

    @BeforeEach
    void connected() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void advance() {
        world.time.advance(ENDED);
        storeTime.advance(ENDED);
    }

    private double count(String name, String... tags) {
        return registry.find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long timed(String name, String... tags) {
        return registry.find(name).tags(tags).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static int use(Bulla bulla) {
        try (Session session = bulla.tenant(World.TENANT).member("alice").session()) {
            return session.call("notes", ApiRequest.get("/api/me")).status();
        }
    }

    @Test
    void auditThatTakesNothingIsCounted() {
        Gallery sink = new Gallery();
        AuditSettings settings =
                AuditSettings.standard().notStored().capacity(100).also(sink, WhenFull.DROP);
        sink.close();
        try (Bulla other = world.start(
                faults.store(),
                setup -> setup.telemetry(BullaMetrics.bindTo(registry)).audit(settings))) {
            for (int i = 0; i < 130; i++) {
                use(other);
            }
            Crowd.until(() -> count("bulla.audit.failures") > 0);
            assertThat(count("bulla.audit.dropped")).isEqualTo(30);
            sink.open();
        }
    }

    @Test
    void stampedeIsOneRefreshAndTheOthersAreSuppressed() {
        advance();
        List<Thread> callers = new CopyOnWriteArrayList<>();
        faults.first(
                "accounts.claim",
                () -> Crowd.until(() -> callers.size() == 64
                        && callers.stream().allMatch(caller -> caller.getState() == Thread.State.TIMED_WAITING)));

        assertThat(Crowd.of(64, number -> {
                    callers.add(Thread.currentThread());
                    return use(world.bulla);
                }))
                .containsOnly(200);

        world.bulla.close();
        assertThat(timed("bulla.refresh", "provider", "demo", "outcome", "refreshed"))
                .isEqualTo(1);
        assertThat(timed("bulla.refresh")).isEqualTo(1);
        assertThat(count("bulla.refresh.suppressed", "provider", "demo")).isEqualTo(63);
        assertThat(count("bulla.refresh.lost.races")).isZero();
        assertThat(timed("bulla.token.requests", "provider", "demo", "outcome", "2xx"))
                .isEqualTo(2);
        assertThat(timed("bulla.api.calls", "provider", "demo", "outcome", "2xx"))
                .isEqualTo(64);
    }

    @Test
    void tokenThatIsReplacedAlreadyIsASuppressedRefresh() {
        try (Session session = world.bulla.tenant(World.TENANT).member("alice").session()) {
            Secret rejected = session.tokenForSdk("notes");
            Secret fresh = session.invalidate("notes", rejected);
            assertThat(count("bulla.refresh.suppressed")).isZero();

            for (int number = 1; number < 4; number++) {
                assertThat(session.invalidate("notes", rejected).matches(fresh)).isTrue();
                assertThat(count("bulla.refresh.suppressed", "provider", "demo"))
                        .isEqualTo(number);
            }
        }
        Crowd.until(() -> timed("bulla.refresh") > 0);
        assertThat(timed("bulla.refresh")).isEqualTo(1);
    }

    @Test
    void claimThatWasNotGotIsALostRace() {
        SimpleMeterRegistry elsewhere = new SimpleMeterRegistry();
        Bulla other = world.start(faults.store(), setup -> setup.telemetry(BullaMetrics.bindTo(elsewhere)));
        advance();
        faults.first("accounts.claim", () -> use(other));

        assertThat(use(world.bulla)).isEqualTo(200);

        world.bulla.close();
        other.close();
        assertThat(count("bulla.refresh.lost.races", "provider", "demo")).isEqualTo(1);
        assertThat(timed("bulla.refresh", "outcome", "moved")).isEqualTo(1);
        assertThat(count("bulla.refresh.suppressed")).isEqualTo(1);
        assertThat(elsewhere
                        .get("bulla.refresh")
                        .tag("outcome", "refreshed")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void sweepIsCountedByAccountAndByRound() {
        world.connect("ben", "notes", "ben");
        advance();
        faults.before("upkeep.due", 1);
        assertThatThrownBy(() -> world.bulla.maintenance().refreshDue(5)).isInstanceOf(BullaException.class);
        world.server.misfortunes().next(Misfortune.busy(503, Duration.ofSeconds(30)));

        Swept counts = world.bulla.maintenance().refreshDue(5);

        assertThat(counts).isEqualTo(new Swept(2, 1, 0, 0, 1, 0));
        assertThat(count("bulla.sweep.accounts", "provider", "demo", "outcome", "refreshed"))
                .isEqualTo(1);
        assertThat(count("bulla.sweep.accounts", "provider", "demo", "outcome", "failed"))
                .isEqualTo(1);
        assertThat(count("bulla.sweep.accounts")).isEqualTo(counts.candidates());
        assertThat(timed("bulla.sweep.rounds", "outcome", "whole")).isEqualTo(1);
        assertThat(timed("bulla.sweep.rounds", "outcome", "cut_short")).isEqualTo(1);
    }

    @Test
    void roundOfTheSweeperIsCountedToo() {
        advance();
        Sweeper sweeper = world.bulla.maintenance().start(SweepSettings.standard());
        Crowd.until(() -> sweeper.progress().rounds() == 1);
        sweeper.close();

        Round round = sweeper.progress().last().orElseThrow();
        assertThat(timed("bulla.sweep.rounds", "outcome", "whole")).isEqualTo(1);
        assertThat(count("bulla.sweep.accounts", "outcome", "refreshed")).isEqualTo(1);
        assertThat(registry.get("bulla.sweep.rounds").timer().totalTime(TimeUnit.NANOSECONDS))
                .isEqualTo(round.took().toNanos());
    }

    @Test
    void accountWhoseFailureCanNotBeNotedCountsOnce() {
        advance();
        world.server.misfortunes().next(Misfortune.busy(503, Duration.ofSeconds(30)));
        faults.before("accounts.postpone", 1);

        assertThatThrownBy(() -> world.bulla.maintenance().refreshDue(5)).isInstanceOf(BullaException.class);

        assertThat(count("bulla.sweep.accounts", "outcome", "failed")).isEqualTo(1);
        assertThat(count("bulla.sweep.accounts")).isEqualTo(1);
    }

    @Test
    void endsAndFailuresAreCountedByReason() {
        advance();
        world.server.misfortunes().next(Misfortune.refuses("invalid_grant"));
        assertThatThrownBy(() -> use(world.bulla)).isInstanceOf(BullaException.class);
        world.member("alice").complete(world.trip("alice", "notes", "anna").with("code", "forged"));
        world.connect("alice", "notes", "anna");
        world.member("alice").disconnect("notes");
        world.bulla.close();

        assertThat(timed("bulla.refresh", "outcome", "failed")).isEqualTo(1);
        assertThat(timed("bulla.token.requests", "outcome", "4xx")).isEqualTo(2);
        assertThat(count("bulla.refresh.failures", "provider", "demo", "reason", "terminal"))
                .isEqualTo(1);
        assertThat(count("bulla.reconnects.required", "provider", "demo", "reason", "grant_revoked"))
                .isEqualTo(1);
        assertThat(count("bulla.connect.failures", "error", "token_exchange_failed"))
                .isEqualTo(1);
        assertThat(count("bulla.connects", "provider", "demo", "outcome", "first"))
                .isEqualTo(1);
        assertThat(count("bulla.connects", "outcome", "again")).isEqualTo(1);
        assertThat(count("bulla.disconnects", "provider", "demo", "outcome", "revoked"))
                .isEqualTo(1);
    }

    @Test
    void noTagNamesATenantMemberConnectionOrAccount() {
        endsAndFailuresAreCountedByReason();

        Set<String> values = registry.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getValue)
                .collect(Collectors.toSet());
        assertThat(values).contains("demo", "revoked").doesNotContain("acme", "alice", "notes", "anna");
        assertThat(values).allMatch(value -> value.length() < 30);
    }

    @Test
    void telemetryThatThrowsDisturbsNobody() {
        world.restart(setup -> setup.telemetry(throwing()));
        advance();

        assertThat(use(world.bulla)).isEqualTo(200);
        assertThat(world.member("alice").disconnect("notes")).isNotNull();
    }

    private static Telemetry throwing() {
        return (Telemetry) java.lang.reflect.Proxy.newProxyInstance(
                MetricsTest.class.getClassLoader(), new Class<?>[] {Telemetry.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("hashCode") ? (Object) 1 : "throwing";
                    }
                    assertThat(Arrays.asList(arguments == null ? new Object[0] : arguments))
                            .noneMatch(value -> "alice".equals(value));
                    throw new IllegalStateException("no " + BullaEvent.class);
                });
    }
}
