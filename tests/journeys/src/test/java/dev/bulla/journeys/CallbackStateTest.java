package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static dev.bulla.journeys.Trip.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state opens one callback, once, for a quarter of an hour; everything else ends before the code is sent anywhere. */
class CallbackStateTest {
    private final World world = new World();

    @BeforeEach
    void connection() {
        world.connection("notes");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Member alice() {
        return world.member("alice");
    }

    @Test
    void missingStateIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        Landing landing = alice().complete(trip.without("state"));
        assertFailed(landing, ConnectError.MISSING_PARAMS, "no state, or not one that was made here");
        assertThat(landing.location().toString()).startsWith("https://app.example.com/?");
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void unknownStateIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        Landing landing = alice().complete(trip.with("state", "A".repeat(43)));
        assertFailed(landing, ConnectError.SESSION_EXPIRED, "state_unknown");
        assertThat(landing.location())
                .hasToString("https://app.example.com/?demo_error=session_expired&connection=notes");
        assertThat(landing.cookies()).isEmpty();
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void alteredStateIsRefusedAndTheTrueOneStillWorks() {
        Trip trip = world.trip("alice", "notes", "anna");
        String state = trip.parameter("state");
        String altered = (state.charAt(0) == 'A' ? "B" : "A") + state.substring(1);
        assertFailed(alice().complete(trip.with("state", altered)), ConnectError.SESSION_EXPIRED, "state_unknown");
        assertFailed(
                alice().complete(trip.with("state", state + "%00")),
                ConnectError.MISSING_PARAMS,
                "no state, or not one that was made here");
        assertThat(world.tokenRequests()).isZero();
        assertConnected(alice().complete(trip.request()));
    }

    @Test
    void stateWorksOnce() {
        Trip trip = world.trip("alice", "notes", "anna");
        assertConnected(alice().complete(trip.request()));
        assertFailed(alice().complete(trip.request()), ConnectError.SESSION_EXPIRED, "state_used");
        assertThat(world.tokenRequests()).isEqualTo(1);
    }

    @Test
    void oneOfManySimultaneousCallbacksWins() throws Exception {
        Trip trip = world.trip("alice", "notes", "anna");
        List<Landing> landings = atOnce(64, trip);
        assertThat(landings)
                .filteredOn(landing -> landing.outcome() instanceof Landing.Connected)
                .hasSize(1);
        assertThat(landings)
                .filteredOn(landing ->
                        landing.outcome().equals(new Landing.Failed(ConnectError.SESSION_EXPIRED, "state_used")))
                .hasSize(63);
        assertThat(world.tokenRequests()).isEqualTo(1);
    }

    private List<Landing> atOnce(int runners, Trip trip) throws Exception {
        CyclicBarrier start = new CyclicBarrier(runners);
        ExecutorService pool = Executors.newFixedThreadPool(runners);
        try {
            List<Future<Landing>> running = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return alice().complete(trip.request());
                }));
            }
            List<Landing> landings = new ArrayList<>();
            for (Future<Landing> one : running) {
                landings.add(one.get(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            return landings;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void stateLivesAQuarterOfAnHour() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.server.service().clock(java.time.Clock.fixed(world.time.instant(), java.time.ZoneOffset.UTC));
        world.time.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertConnected(alice().complete(trip.request()));
    }

    @Test
    void lateStateIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.time.advance(Duration.ofMinutes(15).plusSeconds(1));
        assertFailed(alice().complete(trip.request()), ConnectError.SESSION_EXPIRED, "state_expired");
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void clockOfTheHostDecidesNothing() {
        Trip trip = world.trip("alice", "notes", "anna");
        java.time.Clock wrong = java.time.Clock.offset(world.time, Duration.ofHours(-5));
        world.restart(setup -> setup.clock(wrong));
        world.time.advance(Duration.ofMinutes(15).plusSeconds(1));
        assertFailed(alice().complete(trip.request()), ConnectError.SESSION_EXPIRED, "state_expired");
    }

    @Test
    void flowBegunOnOneNodeEndsOnAnother() {
        Trip trip = world.trip("alice", "notes", "anna");
        try (Bulla other = world.start(world.store)) {
            Member there = other.tenant(World.TENANT).member("alice");
            assertConnected(there.complete(trip.request()));
            assertFailed(alice().complete(trip.request()), ConnectError.SESSION_EXPIRED, "state_used");
        }
        assertThat(alice().account("notes").ready()).isTrue();
    }

    @Test
    void twoTabsDoNotDisturbEachOther() {
        Trip first = world.trip("alice", "notes", "anna");
        Trip second = world.trip("alice", "notes", "anna");
        assertThat(first.step().cookie().name())
                .isNotEqualTo(second.step().cookie().name());
        assertConnected(alice().complete(first.request()));
        String id = alice().account("notes").id();
        assertConnected(alice().complete(second.request()));
        assertThat(alice().accounts()).extracting(account -> account.id()).containsExactly(id);
    }
}
