package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Maintenance;
import dev.bulla.Maintenance.Swept;
import dev.bulla.model.AccountStatus;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.store.AccountRow;
import dev.bulla.store.StoreException;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.store.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts that fail, over and over, and those that are due beside them. */
class SweepTest {
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
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(0, 0));
    }

    @Test
    void lettingOthersGoFirstHoldsNobodyUpWhoCanRefresh() {
        someOfAnUnknownProvider();
        world.time.advance(Duration.ofMinutes(61));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(1, 4));
        world.restartKnowing(world.provider("demo"), gone());
        try (var session = world.member("a").session()) {
            assertThat(session.call("off", Stage.ME).status()).isEqualTo(200);
        }
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(0, 0));
        world.time.advance(Duration.ofMinutes(11));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(3, 0));
    }

    @Test
    void troubleWithOneAccountDoesNotEndTheSweep() {
        world.connection("on");
        for (String member : List.of("a", "b", "c")) {
            world.connect(member, "on", "anna");
        }
        world.time.advance(Duration.ofMinutes(50));
        watched.breaks("accounts.find", () -> new StoreException(StoreException.Kind.CONTENDED, "busy"));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(2, 1));
        watched.breaks("accounts.claim", () -> new IllegalStateException("a pool of the host"));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(0, 1));
        world.time.advance(Duration.ofMinutes(11));
        assertThat(maintenance().refreshDue(10)).isEqualTo(new Swept(1, 0));
        assertThat(world.member("a").account("on").status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void anyLimitWillDo() {
        world.connection("on");
        world.connect("a", "on", "anna");
        world.time.advance(Duration.ofMinutes(50));
        assertThat(maintenance().refreshDue(Integer.MAX_VALUE)).isEqualTo(new Swept(1, 0));
    }
}
