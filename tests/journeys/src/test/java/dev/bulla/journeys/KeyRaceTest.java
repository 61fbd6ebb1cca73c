package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.model.SealedTo;
import dev.bulla.testkit.server.Browser;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of a member's key race everything that seals. No account is left behind, and none that nobody can open. */
class KeyRaceTest {
    private static final int ROUNDS = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void callbacksRacingTheFirstKeyAreSealedToIt(Ground.Kind kind) throws Exception {
        try (Ground ground = Ground.of(kind)) {
            List<String> connections = connections(ground.world, 8);
            for (int round = 0; round < ROUNDS; round++) {
                Member member = ground.world.member("member-" + round);
                ground.world.connect(member, connections.get(0), "anna");
                MemberKey key = MemberKey.parse(member.keys().issue().text());
                List<Runnable> race = callbacks(ground.world, member, connections);
                race.add(round, () -> member.keys().confirm(key));
                run(race);

                try (Session session = member.session(key)) {
                    connections.forEach(session::tokenForSdk);
                }
                Keys.awaitSealed(member);
                try (Session session = member.session(key)) {
                    connections.forEach(session::tokenForSdk);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void callbackThatComesLateIsSealedToTheKeyOfItsArrival(Ground.Kind kind) throws Exception {
        try (Ground ground = Ground.of(kind)) {
            World world = ground.world;
            connections(world, 3);
            Member member = world.member("alice");
            MemberKey first = MemberKey.parse(member.keys().issue().text());
            assertThat(late(world, "connection-0", () -> member.keys().confirm(first)))
                    .isEqualTo(1);
            MemberKey second = MemberKey.parse(member.keys().rotate(first).text());
            assertThat(late(world, "connection-1", () -> member.keys().confirm(second)))
                    .isEqualTo(2);
            assertThat(late(
                            world,
                            "connection-2",
                            () -> assertThat(member.keys().reset()).hasSize(2)))
                    .isZero();
        }
    }

    /** The number of the key that an account is sealed to, where the key changes just before it is stored. */
    private int late(World world, String connection, Runnable change) throws Exception {
        WatchedStore watched = new WatchedStore(world.store);
        try (Bulla other = world.start(watched.store())) {
            Trip trip = world.trip("alice", connection, "anna");
            WatchedStore.Hold storing = watched.hold("accounts.insert");
            Future<Landing> landing = threads.submit(
                    () -> other.tenant(World.TENANT).member("alice").complete(trip.request()));
            storing.arrived();
            change.run();
            storing.release();
            assertThat(landing.get(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS).outcome())
                    .isInstanceOf(Landing.Connected.class);
        }
        String id = world.member("alice").account(connection).id();
        return world.store.accounts().find(World.TENANT, id).orElseThrow().keyNo();
    }

    @ParameterizedTest
    @EnumSource
    void answerOfARefreshIsSealedToTheKeyOfItsArrival(Ground.Kind kind) throws Exception {
        try (Ground ground = Ground.of(kind)) {
            World world = ground.world;
            String connection = connections(world, 1).get(0);
            Member member = world.member("alice");
            MemberKey first = Keys.first(member);
            world.connect(member, connection, "anna");
            ground.advance(Duration.ofMinutes(61));
            int before = world.server.journal().tokenRequests().size();
            world.server.misfortunes().next(Misfortune.slow(Duration.ofSeconds(1)));

            Session session = member.session(first);
            Future<?> call = threads.submit(() -> quietly(() -> session.call(connection, ApiRequest.get("/api/me"))));
            Keys.await(() -> assertThat(world.server.journal().tokenRequests()).hasSizeGreaterThan(before));
            MemberKey second = Keys.rotated(member, first);
            call.get(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS);

            Keys.await(() -> assertThat(world.store.accounts().ofMember(World.TENANT, "alice"))
                    .allSatisfy(row -> assertThat(row.keyNo()).isEqualTo(2)));
            assertFresh(world, member, second, connection);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refreshWaitsForSealingAgain(Ground.Kind kind) throws Exception {
        try (Ground ground = Ground.of(kind)) {
            World world = ground.world;
            String connection = connections(world, 1).get(0);
            Member member = world.member("alice");
            MemberKey first = Keys.first(member);
            world.connect(member, connection, "anna");
            ground.advance(Duration.ofMinutes(61));
            WatchedStore watched = new WatchedStore(world.store);
            WatchedStore.Hold sealing = watched.hold("accounts.store");
            Bulla other = world.start(watched.store());
            MemberKey second = Keys.rotated(other.tenant(World.TENANT).member("alice"), first);
            sealing.arrived();

            Session session = member.session(second);
            Future<Integer> status = threads.submit(
                    () -> session.call(connection, ApiRequest.get("/api/me")).status());
            TimeUnit.MILLISECONDS.sleep(200);
            assertThat(status.isDone()).isFalse();
            sealing.release();

            assertThat(status.get(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);
            other.close();
            assertFresh(world, member, second, connection);
        }
    }

    private static void assertFresh(World world, Member member, MemberKey key, String connection) {
        try (Session session = member.session(key)) {
            assertThat(session.call(connection, ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
        }
        assertThat(world.server.journal().tokenRequests()).hasSize(2);
        assertThat(world.server.journal().maxRedemptions()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void resetLeavesNothingSealedToTheLostKey(Ground.Kind kind) throws Exception {
        try (Ground ground = Ground.of(kind)) {
            World world = ground.world;
            List<String> connections = connections(world, 6);
            for (int round = 0; round < ROUNDS; round++) {
                String id = "member-" + round;
                Member member = world.member(id);
                MemberKey key = Keys.first(member);
                connections.subList(0, 4).forEach(connection -> world.connect(member, connection, "anna"));
                ground.advance(Duration.ofMinutes(61));
                List<Runnable> race = callbacks(world, member, connections.subList(2, 6));
                world.server.misfortunes().next(Misfortune.slow(Duration.ofMillis(300)));
                Session session = member.session(key);
                connections
                        .subList(0, 2)
                        .forEach(connection ->
                                race.add(() -> quietly(() -> session.call(connection, ApiRequest.get("/api/me")))));
                race.add(() -> quietly(() -> Keys.rotated(member, key)));
                race.add(round, () -> member.keys().reset());
                run(race);

                assertThat(member.keys().status()).isEmpty();
                assertThat(member.accounts())
                        .extracting(ConnectedAccount::sealedTo)
                        .containsOnly(SealedTo.NOBODY, SealedTo.HOST);
                MemberKey next = Keys.first(member);
                Keys.awaitSealed(member);
                try (Session fresh = member.session(next)) {
                    List<ConnectedAccount> kept = member.accounts().stream()
                            .filter(account -> account.status() == AccountStatus.ACTIVE)
                            .toList();
                    assertThat(kept)
                            .allSatisfy(
                                    account -> assertThat(account.sealedTo()).isEqualTo(SealedTo.MEMBER));
                    kept.forEach(account -> fresh.tokenForSdk(account.connection()));
                }
            }
        }
    }

    private static List<String> connections(World world, int count) {
        List<String> names =
                IntStream.range(0, count).mapToObj(i -> "connection-" + i).toList();
        names.forEach(world::connection);
        return names;
    }

    /** Flows whose browsers are back: each is the last step of one. */
    private static List<Runnable> callbacks(World world, Member member, List<String> connections) {
        List<Runnable> callbacks = new ArrayList<>();
        for (String connection : connections) {
            ConnectStep.Redirect step = (ConnectStep.Redirect) member.connect(connection, World.RETURN);
            CallbackRequest request =
                    World.callback(new Browser().authorize(step.location(), "anna", "anna-password"), step);
            callbacks.add(() -> assertThat(member.complete(request).outcome()).isInstanceOf(Landing.Connected.class));
        }
        return callbacks;
    }

    private void run(List<Runnable> race) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (Runnable runner : race) {
            all.add(threads.submit(() -> {
                start.await();
                runner.run();
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : all) {
            one.get(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Whoever loses a race is told so by one of the library's own errors, and by nothing else. */
    private static void quietly(Runnable runner) {
        try {
            runner.run();
        } catch (BullaException e) {
            assertThat(e.code()).isNotNull();
        }
    }
}
