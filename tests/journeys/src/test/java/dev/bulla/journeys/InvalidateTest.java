package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.Secret;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor's SDK met a 401 with a token that it was given. */
class InvalidateTest {
    private static final Duration CLAIM = Duration.ofSeconds(25);

    private Stage stage = Stage.inMemory();

    @BeforeEach
    void connect() {
        stage.connected();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static String invalidate(Bulla node, String rejected) {
        try (Session session = Stage.alice(node).session()) {
            return session.invalidate("notes", Secret.of(rejected)).reveal();
        }
    }

    private String invalidate(String rejected) {
        return invalidate(stage.world.bulla, rejected);
    }

    private String refused() {
        String token = Stage.token(stage.alice());
        stage.world.server.service().endAccess("anna");
        return token;
    }

    @Test
    void manyCallersOnTwoNodesCauseOneRefresh() {
        List<Bulla> nodes = List.of(stage.world.bulla, stage.node());
        String rejected = refused();

        List<String> fresh = Crowd.of(64, number -> invalidate(nodes.get(number % 2), rejected));

        assertThat(Set.copyOf(fresh)).hasSize(1).doesNotContain(rejected);
        assertThat(fresh).allMatch(stage::lives);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void tokenThatIsReplacedAlreadyCausesNone() {
        String rejected = refused();
        String fresh = invalidate(rejected);

        assertThat(Crowd.of(16, number -> invalidate(rejected))).containsOnly(fresh);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.lives(fresh)).isTrue();
    }

    @Test
    void tokenThatWasNeverTheAccountsCausesNone() {
        assertThat(invalidate("made up")).isEqualTo(Stage.token(stage.alice()));
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void refreshUnderWayIsJoined() {
        String rejected = Stage.token(stage.alice());
        stage.after(Stage.DUE);
        WatchedStore.Hold hold = stage.watched.hold("accounts.store");
        assertThat(Stage.token(stage.alice())).isEqualTo(rejected);
        hold.arrived();
        stage.watched.forget();
        Future<List<String>> callers = Crowd.one(() -> Crowd.of(16, number -> invalidate(rejected)));
        Crowd.until(() -> stage.watched.counts().getOrDefault("accounts.glance", 0) > 0);
        hold.release();

        assertThat(Set.copyOf(Crowd.get(callers))).hasSize(1).doesNotContain(rejected);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void refreshOfAnotherNodeIsWaitedFor() {
        Bulla other = stage.node(stage.rows(), stage.world.provider("demo"));
        String rejected = refused();
        WatchedStore.Hold hold = stage.watched.hold("accounts.store");
        Future<String> first = Crowd.one(() -> invalidate(rejected));
        hold.arrived();
        Future<String> second = Crowd.one(() -> invalidate(other, rejected));
        hold.release();

        assertThat(Crowd.get(second)).isEqualTo(Crowd.get(first)).isNotEqualTo(rejected);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void backOffOfAFailedRefreshIsToldTyped() {
        String rejected = refused();
        stage.struckBy(Misfortune.busy(503, Duration.ofSeconds(30)));
        for (int i = 0; i < 3; i++) {
            assertThat(Stage.failure(() -> invalidate(rejected)).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "hash")
    void claimThatNobodyEndedIsNoFailedRefresh(String intent) {
        String rejected = refused();
        AccountRow row = stage.row();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        assertThat(stage.rows().accounts().claim(World.TENANT, seen, "another", CLAIM.toMillis(), intent))
                .isTrue();
        stage.after(CLAIM);

        assertThat(stage.lives(invalidate(rejected))).isTrue();
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void refreshUnderWayThatBringsNothingIsNoAnswerToARefusal() {
        String rejected = Stage.token(stage.alice());
        stage.after(Stage.DUE).struckBy(Misfortune.lostRequest());
        WatchedStore.Hold hold = stage.watched.hold("accounts.settle");
        assertThat(Stage.token(stage.alice())).isEqualTo(rejected);
        hold.arrived();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        Future<String> caller = Crowd.one(() -> {
            waiting.set(Thread.currentThread());
            return invalidate(rejected);
        });
        Crowd.until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.TIMED_WAITING);
        hold.release();

        assertThat(Crowd.get(caller))
                .isNotEqualTo(rejected)
                .satisfies(fresh -> assertThat(stage.lives(fresh)).isTrue());
        assertThat(stage.refreshes()).isEqualTo(2);
    }

    @Test
    void endedGrantAsksTheMember() {
        String rejected = Stage.token(stage.alice());
        stage.world.server.service().endGrants("anna");
        assertThat(Stage.failure(() -> invalidate(rejected)).code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.GRANT_REVOKED);
    }

    @Test
    void tokenThatCanNotBeRefreshedIsToldAsThat() {
        stage.close();
        stage = Stage.inMemory();
        stage.world.server.service().dialect(Stage.dialect(false, true));
        stage.connected();
        BullaException failure = Stage.failure(() -> invalidate(refused()));
        assertThat(failure.code()).isEqualTo(ErrorCode.GRANT_REFUSED);
        assertThat(failure.actor()).isEqualTo(Actor.MEMBER);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void hostThatHandsOutNoTokensIsToldNone() {
        String token = Stage.token(stage.alice());
        stage.world.restart(setup -> setup.forbidSdkTokens());
        assertThat(Stage.failure(() -> invalidate(token)).code()).isEqualTo(ErrorCode.SETUP);
        assertThat(stage.refreshes()).isZero();
    }
}
