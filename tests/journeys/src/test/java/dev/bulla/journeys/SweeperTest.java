package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Audit;
import dev.bulla.Bulla;
import dev.bulla.Maintenance;
import dev.bulla.Maintenance.Swept;
import dev.bulla.SweepSettings;
import dev.bulla.Sweeper;
import dev.bulla.Sweeper.Round;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Refreshing in the background. */
class SweeperTest {
    /** So rarely that a test sees the first round alone. */
    private static final SweepSettings ONCE = SweepSettings.standard().every(Duration.ofMinutes(10));

    private static final SweepSettings OFTEN = SweepSettings.standard().every(Duration.ofMillis(10));

    private final Stage stage = Stage.inMemory().connected();

    @AfterEach
    void close() {
        stage.close();
    }

    private Sweeper start(SweepSettings settings) {
        return stage.world.bulla.maintenance().start(settings);
    }

    private static Round first(Sweeper sweeper) {
        return whole(sweeper, 1);
    }

    private static Round whole(Sweeper sweeper, long rounds) {
        Crowd.until(() -> sweeper.progress().rounds() >= rounds);
        return sweeper.progress().last().orElseThrow();
    }

    private AccountRow row(String member) {
        String id = stage.world.member(member).account("notes").id();
        return stage.rows().accounts().find(World.TENANT, id).orElseThrow();
    }

    @Test
    void startTakesWhatWillBeDueBeforeTheNextRound() {
        stage.world.server.service().accessLifetime(Duration.ofHours(1));
        stage.world.connect("ben", "notes", "ben");
        stage.after(Duration.ofMinutes(4));
        assertThat(stage.row().refreshAt()).isGreaterThan(stage.row().now());

        Round round = first(start(ONCE));

        assertThat(round.whole()).isTrue();
        assertThat(round.swept()).isEqualTo(new Swept(1, 1, 0, 0, 0, 0));
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(row("ben").sealNo()).isEqualTo(1);
    }

    @Test
    void tokenThatIsFreshIsNotRefreshedAtAStartHoweverShortItLives() {
        assertThat(first(start(ONCE)).swept().refreshed()).isZero();
        stage.after(Stage.DUE);
        assertThat(first(start(ONCE)).swept().refreshed()).isEqualTo(1);
        assertThat(first(start(ONCE)).swept().refreshed()).isZero();
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void laterRoundsTakeWhatIsDue() {
        Sweeper sweeper = start(OFTEN);
        assertThat(first(sweeper).swept()).isEqualTo(SweepTest.NOTHING);
        for (int i = 2; i < 5; i++) {
            int sealNo = i;
            stage.after(Stage.DUE);
            Crowd.until(() -> stage.row().sealNo() == sealNo);
        }
        assertThat(stage.refreshes()).isEqualTo(3);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void roundGoesOnUntilNothingIsDue() {
        members(130);
        stage.after(Stage.DUE);
        assertThat(first(start(ONCE)).swept()).isEqualTo(new Swept(131, 131, 0, 0, 0, 0));
    }

    private void members(int count) {
        for (int i = 0; i < count; i++) {
            stage.world
                    .member("m" + i)
                    .complete(stage.world.trip("m" + i, "notes", "anna").request());
        }
    }

    @Test
    void roundTakesNoMoreThanItMay() {
        stage.world.connect("ben", "notes", "ben");
        stage.after(Stage.DUE);
        Sweeper sweeper = start(ONCE.atMost(1));
        assertThat(first(sweeper).swept()).isEqualTo(new Swept(1, 1, 0, 0, 0, 0));
    }

    @Test
    void accountsAreTakenAFewAtOnce() {
        CyclicBarrier together = new CyclicBarrier(3);
        Bulla node = stage.node(stage.provider("many", meetingAt(together), null));
        for (String member : List.of("alice", "ben", "eve")) {
            if (member.equals("alice")) {
                stage.connect(node, "many", "many");
            } else {
                stage.world.connect(node.tenant(World.TENANT).member(member), "many", "anna");
            }
        }
        stage.after(Stage.DUE);
        try (Sweeper sweeper = node.maintenance().start(ONCE.atOnce(3))) {
            assertThat(first(sweeper).swept().refreshed()).isEqualTo(3);
        }
    }

    private static TokenRefresher meetingAt(CyclicBarrier together) {
        return new TokenRefresher() {
            @Override
            public Style style() {
                return Style.REMINT;
            }

            @Override
            public Tokens refresh(Tokens old, ProviderCall call) {
                try {
                    together.await(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
                return Tokens.of(new TokenSet(
                        Secret.of("fresh"), null, call.clock().instant().plus(Stage.LIFE), null, null, Map.of()));
            }
        };
    }

    @Test
    void databaseThatIsAwayEndsTheRoundAndIsTriedAgain() {
        stage.after(Stage.DUE);
        stage.watched.breaks("accounts.find", () -> new StoreException(StoreException.Kind.UNAVAILABLE, "away"));
        WatchedStore.Hold firstRound = stage.watched.hold("upkeep.due");
        Sweeper sweeper = start(OFTEN);
        firstRound.arrived();
        WatchedStore.Hold secondRound = stage.watched.hold("upkeep.due");
        firstRound.release();
        Round round = first(sweeper);
        secondRound.release();
        Crowd.until(() -> sweeper.progress().last().orElseThrow().whole());
        assertThat(round.whole()).isFalse();
        assertThat(stage.row().sealNo()).isEqualTo(2);
    }

    @Test
    void unexpectedTroubleEndsARoundAndNotTheSweeper() {
        stage.watched.breaks("upkeep.due", () -> new IllegalStateException("a pool of the host"));
        Sweeper sweeper = start(OFTEN);
        Crowd.until(() -> sweeper.progress().last().filter(Round::whole).isPresent());
        assertThat(sweeper.progress().rounds()).isGreaterThan(1);
    }

    @Test
    void errorOfTheMachineEndsARoundAndNotTheSweeper() {
        FaultyStore faulty = new FaultyStore(stage.rows());
        faulty.first("upkeep.due", () -> {
            throw new InternalError("no thread is to be had");
        });
        try (Sweeper sweeper = stage.node(faulty.store(), stage.world.provider("demo"))
                .maintenance()
                .start(OFTEN)) {
            Crowd.until(() -> sweeper.progress().last().filter(Round::whole).isPresent());
            assertThat(sweeper.progress().rounds()).isGreaterThan(1);
        }
    }

    @Test
    void closingTheLibraryWaitsForWhatIsUnderWayAndBeginsNothingMore() {
        stage.world.connect("ben", "notes", "ben");
        stage.after(Stage.DUE);
        WatchedStore.Hold hold = stage.watched.hold("accounts.store");
        Sweeper sweeper = start(OFTEN.atOnce(1));
        hold.arrived();
        assertThat(sweeper.progress().underWay().orElseThrow().swept().candidates())
                .isEqualTo(2);
        Future<Boolean> closed = Crowd.one(() -> {
            stage.world.bulla.close();
            return true;
        });
        Crowd.until(stage::isClosing);
        assertThat(Stage.failure(() -> start(ONCE)).code()).isEqualTo(ErrorCode.CLOSED);
        assertThat(closed).isNotDone();
        hold.release();
        assertThat(Crowd.get(closed)).isTrue();

        assertThat(sweeper.progress().rounds()).isEqualTo(1);
        assertThat(sweeper.progress().last().orElseThrow().swept()).isEqualTo(new Swept(2, 1, 0, 0, 0, 1));
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(Stage.failure(() -> start(ONCE)).code()).isEqualTo(ErrorCode.CLOSED);
    }

    @Test
    void closedLibraryRefusesEveryKindOfUpkeep() {
        stage.after(Stage.DUE);
        stage.world.bulla.close();
        Maintenance maintenance = stage.world.bulla.maintenance();
        for (Runnable work : List.<Runnable>of(
                () -> maintenance.start(ONCE),
                () -> maintenance.refreshDue(10),
                () -> maintenance.tellRefreshBy(Duration.ofDays(7), 10),
                maintenance::purge)) {
            assertThat(Stage.failure(work).code()).isEqualTo(ErrorCode.CLOSED);
        }
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void sweepersOfOneLibraryShareTheWork() {
        members(20);
        stage.after(Stage.DUE);
        Sweeper one = start(OFTEN.atOnce(4));
        Sweeper other = start(OFTEN.atOnce(4));
        Crowd.until(() -> one.progress().rounds() > 1 && other.progress().rounds() > 1);

        assertThat(stage.refreshes()).isEqualTo(21);
        assertThat(stage.redemptions()).isEqualTo(1);
        one.close();
        stage.after(Stage.DUE);
        Crowd.until(() -> stage.refreshes() == 42);
    }

    @Test
    void closedSweeperTakesNothingMore() {
        Sweeper sweeper = start(OFTEN);
        first(sweeper);
        sweeper.close();
        long rounds = sweeper.progress().rounds();
        stage.after(Stage.DUE);
        assertThat(sweeper.progress().rounds()).isEqualTo(rounds);
        assertThat(stage.world.bulla.maintenance().refreshDue(10).refreshed()).isEqualTo(1);
        assertThat(stage.row().sealNo()).isEqualTo(2);
    }

    @Test
    void oldFlowsArePurgedAlongTheWay() {
        stage.alice().connect("notes", World.RETURN);
        stage.after(Duration.ofDays(2));
        assertThat(first(start(ONCE)).purged()).isPositive();
    }

    @Test
    void oldEntriesOfTheAuditArePurgedAlongTheWay() {
        try (World world = new World()) {
            world.connection("notes");
            Audit audit = world.bulla.tenant(World.TENANT).audit();
            assertThat(audit.query(AuditQuery.all()).entries()).isNotEmpty();
            world.time.advance(Duration.ofDays(91));
            first(world.bulla.maintenance().start(ONCE));
            assertThat(audit.query(AuditQuery.all()).entries()).isEmpty();
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        SweepSettings standard = SweepSettings.standard();
        for (Runnable wrong : List.<Runnable>of(
                () -> standard.every(Duration.ZERO),
                () -> standard.every(Duration.ofDays(2)),
                () -> standard.every(Duration.ofSeconds(Long.MAX_VALUE)),
                () -> standard.atOnce(0),
                () -> standard.atOnce(65),
                () -> standard.atMost(0),
                () -> standard.lead(Duration.ofDays(-1)),
                () -> standard.lead(Duration.ofSeconds(Long.MAX_VALUE)),
                () -> stage.world.bulla.maintenance().tellRefreshBy(Duration.ofSeconds(Long.MAX_VALUE), 1))) {
            assertThat(Stage.failure(wrong).code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
        assertThat(standard.every(Duration.ofDays(1)).lead(Duration.ofDays(3650)))
                .isNotNull();
    }
}
