package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Maintenance;
import dev.bulla.Maintenance.Swept;
import dev.bulla.Member;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.store.AccountRow;
import dev.bulla.store.StoreException;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.store.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that fail, over and over, and those that are due beside them. */
class SweepTest {
    static final Swept NOTHING = new Swept(0, 0, 0, 0, 0, 0);

    private final AtomicReference<Time> time = new AtomicReference<>();
    private final WatchedStore watched = new WatchedStore(
            InMemoryStore.on(() -> time.get() == null ? 0 : time.get().millis()));
    private final World world = new World(Rotation.STRICT, ReuseRule.afterExpiry(), watched.store(), setup -> setup);

    SweepTest() {
        time.set(world.time);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Maintenance maintenance() {
        return world.bulla.maintenance();
    }

    private AccountRow row(String member, String connection) {
        return world.store
                .accounts()
                .find(World.TENANT, world.member(member).account(connection).id())
                .orElseThrow();
    }

    private Provider gone() {
        return world.provider("gone", world.spec().build()).custom().build();
    }

    /** Four accounts of a provider that this node no longer knows, and a younger one that it can refresh. */
    private void someOfAnUnknownProvider() {
        world.restartKnowing(world.provider("demo"), gone());
        world.connection("off", "gone");
        world.connection("on");
        for (String member : List.of("a", "b", "c", "d")) {
            world.connect(member, "off", "anna");
        }
        world.time.advance(Duration.ofMinutes(5));
        world.connect("eve", "on", "ben");
        world.restartKnowing(world.provider("demo"));
    }

    @Test
    void accountsOfAnUnknownProviderLetOthersGoFirst() {
        someOfAnUnknownProvider();
        world.time.advance(Duration.ofMinutes(52));
        for (int i = 0; i < 5; i++) {
            maintenance().refreshDue(1);
        }
        assertThat(row("eve", "on").sealNo()).isEqualTo(2);
        assertThat(maintenance().refreshDue(10)).isEqualTo(NOTHING);
    }

    @Test
    void lettingOthersGoFirstHoldsNobodyUpWhoCanRefresh() {
        someOfAnUnknownProvider();
        world.time.advance(Duration.ofMinutes(61));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(5, 1, 0, 0, 3, 1));
        world.restartKnowing(world.provider("demo"), gone());
        try (var session = world.member("a").session()) {
            assertThat(session.call("off", Stage.ME).status()).isEqualTo(200);
        }
        assertThat(maintenance().refreshDue(10)).isEqualTo(NOTHING);
        world.time.advance(Duration.ofMinutes(11));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(3, 3, 0, 0, 0, 0));
    }

    @Test
    void troubleWithOneAccountDoesNotEndTheSweep() {
        world.connection("on");
        for (String member : List.of("a", "b", "c")) {
            world.connect(member, "on", "anna");
        }
        world.time.advance(Duration.ofMinutes(50));
        watched.breaks("accounts.find", () -> new StoreException(StoreException.Kind.CONTENDED, "busy"));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(3, 2, 0, 0, 1, 0));
        watched.breaks("accounts.claim", () -> new IllegalStateException("a pool of the host"));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(1, 0, 0, 0, 1, 0));
        world.time.advance(Duration.ofMinutes(11));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(1, 1, 0, 0, 0, 0));
        assertThat(world.member("a").account("on").status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void anyLimitWillDo() {
        world.connection("on");
        world.connect("a", "on", "anna");
        world.time.advance(Duration.ofMinutes(50));
        assertThat(maintenance().refreshDue(Integer.MAX_VALUE)).isEqualTo(new Swept(1, 1, 0, 0, 0, 0));
    }

    /** Forty accounts whose app the service refuses, and a younger one beside them. */
    private void manyOfARefusedApp() {
        world.connection("off");
        world.connection("on");
        for (int i = 0; i < 40; i++) {
            Member member = world.member("m" + i);
            member.complete(world.trip(member, "off", "anna").request());
        }
        world.time.advance(Duration.ofMinutes(5));
        world.connect("eve", "on", "ben");
        world.server.registerClient(
                "client-off",
                "another secret",
                world.owner().get("off").redirectUri().toString());
        world.time.advance(Duration.ofMinutes(52));
        world.server.journal().clear();
    }

    @Test
    void refusedAppUsesUpNobodysTime() {
        manyOfARefusedApp();
        assertThat(maintenance().refreshDue(100)).isEqualTo(new Swept(41, 1, 0, 3, 0, 37));
        assertThat(world.tokenRequests()).isEqualTo(4);
        assertThat(row("eve", "on").sealNo()).isEqualTo(2);

        world.time.advance(Duration.ofSeconds(20));
        assertThat(maintenance().refreshDue(100)).isEqualTo(new Swept(3, 0, 0, 3, 0, 0));
        world.server.registerClient(
                "client-off",
                "secret-of-off",
                world.owner().get("off").redirectUri().toString());
        world.time.advance(Duration.ofMinutes(10));
        assertThat(maintenance().refreshDue(100)).isEqualTo(new Swept(40, 40, 0, 0, 0, 0));
    }

    @Test
    void refusedAppLetsOthersHaveTheirTurn() {
        manyOfARefusedApp();
        for (int i = 0; i < 12; i++) {
            maintenance().refreshDue(4);
        }
        assertThat(row("eve", "on").sealNo()).isEqualTo(2);
    }

    @Test
    void refusedAppsOfSomeTakeNobodyElsesTurn() {
        for (int i = 0; i < 7; i++) {
            world.connection("off" + i);
            for (String member : List.of("a", "b", "c")) {
                Member one = world.member(member);
                one.complete(world.trip(one, "off" + i, "anna").request());
            }
            world.server.registerClient(
                    "client-off" + i,
                    "another secret",
                    world.owner().get("off" + i).redirectUri().toString());
        }
        world.connection("on");
        world.connect("eve", "on", "ben");
        world.time.advance(Duration.ofMinutes(50));
        assertThat(maintenance().refreshDue(100)).isEqualTo(new Swept(22, 1, 0, 21, 0, 0));
        world.time.advance(Duration.ofMinutes(11));
        assertThat(maintenance().refreshDue(100)).isEqualTo(new Swept(21, 0, 0, 0, 21, 0));
    }

    @Test
    void databaseThatIsAwayCostsOneTimeout() {
        world.connection("on");
        for (String member : List.of("a", "b", "c", "d", "e")) {
            world.connect(member, "on", "anna");
        }
        world.time.advance(Duration.ofMinutes(50));
        watched.forget();
        watched.breaks("accounts.find", () -> new StoreException(StoreException.Kind.UNAVAILABLE, "away"));
        assertThat(Stage.failure(() -> maintenance().refreshDue(10)).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(watched.counts()).containsEntry("accounts.find", 1).doesNotContainKey("accounts.claim");
        assertThat(maintenance().refreshDue(10).refreshed()).isEqualTo(5);
    }

    @Test
    void accountThatAnotherNodeHasRefreshedMeanwhileIsLeftAsItIs() {
        world.connection("on");
        world.connect("a", "on", "anna");
        world.time.advance(Duration.ofMinutes(50));
        WatchedStore.Hold hold = watched.hold("accounts.find");
        Future<Swept> late = Crowd.one(() -> maintenance().refreshDue(10));
        hold.arrived();
        assertThat(maintenance().refreshDue(10).refreshed()).isEqualTo(1);
        Long due = row("a", "on").refreshAt();
        hold.release();
        assertThat(Crowd.get(late)).isEqualTo(new Swept(1, 0, 1, 0, 0, 0));
        assertThat(row("a", "on").refreshAt()).isEqualTo(due);
    }

    @Test
    void limitsBelowOneAndLeadsBelowZeroAreRefused() {
        for (int limit : new int[] {0, -1}) {
            assertRefused(() -> maintenance().refreshDue(limit));
            assertRefused(() -> maintenance().tellRefreshBy(Duration.ofDays(7), limit));
        }
        assertRefused(() -> maintenance().tellRefreshBy(Duration.ofDays(-1), 1));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
}
