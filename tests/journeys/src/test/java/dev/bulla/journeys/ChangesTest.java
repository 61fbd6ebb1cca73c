package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Bulla;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountChange;
import dev.bulla.model.AccountChanges;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host that keeps a copy of what accounts are, and goes on where it stopped. */
class ChangesTest {
    private static final Duration SETTLED = Duration.ofSeconds(31);

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private AccountChanges since(String cursor, int limit) {
        return world.bulla.maintenance().changesSince(cursor, limit);
    }

    @Test
    void hostGoesOnWhereItStopped() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        Instant at = world.time.instant();
        assertThat(since("", 10).all()).isEmpty();
        world.time.advance(SETTLED);

        AccountChanges first = since("", 10);
        assertThat(first.all())
                .containsExactly(new AccountChange(
                        world.member("alice").account("notes").id(),
                        World.TENANT,
                        "alice",
                        "notes",
                        world.owner().get("notes").id(),
                        "demo",
                        "",
                        AccountStatus.ACTIVE,
                        Optional.empty(),
                        at));
        assertThat(first.complete()).isTrue();

        world.connect("ben", "notes", "ben");
        world.member("alice").disconnect("notes");
        world.time.advance(SETTLED);
        world.restart(setup -> setup);
        AccountChanges next = since(first.cursor(), 1);
        AccountChanges last = since(next.cursor(), 1);
        assertThat(next.complete()).isFalse();
        assertThat(next.all()).hasSize(1);
        assertThat(last.all()).hasSize(1);
        assertThat(next.all()).doesNotContainAnyElementsOf(last.all());
        assertThat(since(next.cursor(), 1)).isEqualTo(last);
        assertThat(since(last.cursor(), 1)).isEqualTo(new AccountChanges(java.util.List.of(), last.cursor(), true));
        assertThat(since(first.cursor(), 10).all())
                .filteredOn(change -> change.member().equals("alice"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.status()).isEqualTo(AccountStatus.DISCONNECTED);
                    assertThat(change.reason()).contains(Reason.DISCONNECTED_BY_MEMBER);
                });
    }

    @Test
    void clocksOfNodesDoNotMatter() {
        world.connection("notes");
        Bulla ahead =
                world.start(world.store, setup -> setup.clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(1))));
        Bulla behind =
                world.start(world.store, setup -> setup.clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(-1))));
        world.connect(ahead.tenant(World.TENANT).member("alice"), "notes", "anna");
        world.time.advance(SETTLED);
        String cursor = ahead.maintenance().changesSince("", 10).cursor();
        world.connect(behind.tenant(World.TENANT).member("ben"), "notes", "ben");
        world.time.advance(SETTLED);

        assertThat(ahead.maintenance().changesSince(cursor, 10))
                .isEqualTo(behind.maintenance().changesSince(cursor, 10))
                .satisfies(told ->
                        assertThat(told.all()).extracting(AccountChange::member).containsExactly("ben"));
        ahead.close();
        behind.close();
    }

    @Test
    void whatIsNoCursorIsRefused() {
        for (String text : new String[] {"x", "MiAxIGE", "MSB4IGE", "MSAx", "MSAxIAA", "ä"}) {
            assertThatThrownBy(() -> since(text, 1))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        }
        assertThatThrownBy(() -> since("", 0)).isInstanceOf(BullaException.class);
    }
}
