package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Reason;
import dev.bulla.model.SealedTo;
import dev.bulla.store.StoreException;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refresh whose answer has come and is not stored yet, and somebody else who is quicker; and the other way round. */
abstract class RacePromises {
    private static final String STORE = "accounts.store";

    private Stage stage;
    private Bulla other;

    abstract Stage stage();

    @BeforeEach
    void open() {
        stage = stage().connected().after(Stage.ENDED);
        other = stage.node();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void disconnectOvertakesARefreshWhoseTokensAreRevoked() {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<Integer> caller = Crowd.one(stage::call);
        hold.arrived();

        Disconnected gone = Stage.alice(other).disconnect("notes");
        hold.release();

        assertThat(gone.revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(Stage.failure(() -> Crowd.get(caller)).code()).isEqualTo(ErrorCode.NOT_CONNECTED);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(stage.world.server.grants("anna")).isEmpty();
        assertThat(stage.world.server.journal().revocations()).hasSizeGreaterThan(2);
    }

    @Test
    void refreshOvertakesADisconnectThatRevokesItsTokens() {
        WatchedStore.Hold hold = stage.watched.hold("accounts.clear");
        Future<Disconnected> leaver = Crowd.one(() -> stage.alice().disconnect("notes"));
        hold.arrived();
        // the old tokens are revoked by now, so the refresh must not need them: another family takes their place
        stage.world.connect(Stage.alice(other), "notes", "anna");
        stage.after(Stage.ENDED);
        assertThat(Stage.call(Stage.alice(other))).isEqualTo(200);
        hold.release();

        assertThat(Crowd.get(leaver).revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(stage.world.server.grants("anna")).isEmpty();
    }

    @Test
    void reconnectOvertakesARefreshWhoseTokensAreDropped() {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<String> caller = Crowd.one(() -> Stage.token(stage.alice()));
        hold.arrived();

        stage.world.connect(Stage.alice(other), "notes", "anna");
        String fresh = Stage.token(Stage.alice(other));
        hold.release();

        assertThat(Crowd.get(caller)).isEqualTo(fresh);
        assertThat(Stage.token(stage.alice())).isEqualTo(fresh);
        assertThat(stage.world.server.journal().revocations()).isEmpty();
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void refreshOvertakesAReconnectThatStaysAuthoritative() {
        WatchedStore.Hold hold = stage.watched.hold("accounts.replace");
        Future<?> comer = Crowd.one(() -> stage.world.connect("alice", "notes", "anna"));
        hold.arrived();
        String refreshed = Stage.token(Stage.alice(other));
        hold.release();
        Crowd.get(comer);

        String fresh = Stage.token(stage.alice());
        assertThat(fresh).isNotEqualTo(refreshed);
        assertThat(stage.lives(fresh)).isTrue();
        assertThat(stage.world.server.journal().revocations()).isEmpty();
    }

    @Test
    void firstKeyWaitsForARefreshAndSealsItsAnswer() {
        MemberKey key = stage.offeredKey();
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<Integer> caller = Crowd.one(stage::call);
        hold.arrived();
        Future<?> keyed = Crowd.one(() -> {
            Stage.alice(other).keys().confirm(key);
            return true;
        });
        Crowd.until(() -> stage.alice().keys().status().isPresent());
        hold.release();
        Crowd.get(keyed);

        assertThat(Stage.failure(() -> Crowd.get(caller)).code()).isEqualTo(ErrorCode.KEY_REQUIRED);
        assertThat(stage.account().sealedTo()).isEqualTo(SealedTo.MEMBER);
        try (Session session = stage.alice().session(key)) {
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
        }
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void sealingToTheFirstKeyHoldsARefresh() {
        MemberKey key = stage.offeredKey();
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<?> keyed = Crowd.one(() -> {
            stage.alice().keys().confirm(key);
            return true;
        });
        hold.arrived();
        Future<String> caller = Crowd.one(() -> {
            try (Session session = Stage.alice(other).session(key)) {
                return Stage.token(session);
            }
        });
        hold.release();
        Crowd.get(keyed);

        assertThat(stage.lives(Crowd.get(caller))).isTrue();
        assertThat(stage.account().sealedTo()).isEqualTo(SealedTo.MEMBER);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void refreshThatWasBegunWithoutKeyIsBegunAnewByWhoHoldsIt() {
        MemberKey key = stage.offeredKey();
        WatchedStore.Hold hold = stage.watched.hold("accounts.claim");
        Future<Integer> without = Crowd.one(stage::call);
        hold.arrived();
        Stage.alice(other).keys().confirm(key);
        stage.watched.forget();
        Future<String> with = Crowd.one(() -> {
            try (Session session = stage.alice().session(key)) {
                return Stage.token(session);
            }
        });
        Crowd.until(() -> stage.watched.counts().getOrDefault("accounts.glance", 0) > 0);
        hold.release();

        assertThat(stage.lives(Crowd.get(with))).isTrue();
        assertThat(Stage.failure(() -> Crowd.get(without)).code()).isEqualTo(ErrorCode.KEY_REQUIRED);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void lostClaimSendsNothing() {
        WatchedStore.Hold hold = stage.watched.hold("accounts.claim");
        Future<String> caller = Crowd.one(() -> Stage.token(stage.alice()));
        hold.arrived();
        String fresh = Stage.token(Stage.alice(other));
        hold.release();

        assertThat(Crowd.get(caller)).isEqualTo(fresh);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void callersOfOneInstanceShareOneClaim() {
        WatchedStore.Hold hold = stage.watched.hold("accounts.claim");
        Future<List<String>> callers = Crowd.one(() -> Crowd.of(16, number -> Stage.token(stage.alice())));
        hold.arrived();
        Crowd.until(() -> stage.watched.counts().getOrDefault("accounts.glance", 0) >= 16);
        hold.release();

        assertThat(Set.copyOf(Crowd.get(callers))).hasSize(1);
        assertThat(stage.watched.counts()).containsEntry("accounts.claim", 1);
    }

    @Test
    void answerOutlivesASealingThatTookTheExpiredClaim() {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<Integer> caller = Crowd.one(stage::call);
        hold.arrived();
        stage.after(Duration.ofSeconds(26));
        MemberKey key = MemberKey.parse(Stage.alice(other).keys().issue().text());
        Stage.alice(other).keys().confirm(key);
        hold.release();

        assertThat(Stage.failure(() -> Crowd.get(caller)).code()).isEqualTo(ErrorCode.KEY_REQUIRED);
        try (Session session = stage.alice().session(key)) {
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
        }
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void lateAnswerRevivesAnAccountThatWasGivenUp() {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<Integer> caller = Crowd.one(stage::call);
        hold.arrived();
        stage.after(Duration.ofSeconds(26)).struckBy(Misfortune.refuses("invalid_grant"));
        assertThat(Stage.failure(() -> Stage.call(Stage.alice(other))).code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.OUTCOME_UNKNOWN);
        hold.release();

        assertThat(Crowd.get(caller)).isEqualTo(200);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().reason()).isEmpty();
    }

    @Test
    void answerIsStoredWhereTheDatabaseWasAway() {
        stage.watched.breaks(STORE, () -> new StoreException(StoreException.Kind.UNAVAILABLE, "away"));

        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void disabledConnectionRefusesTheCallerAndKeepsTheAnswer() {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<Integer> caller = Crowd.one(stage::call);
        hold.arrived();
        stage.world.owner().disable("notes");
        hold.release();

        assertThat(Stage.failure(() -> Crowd.get(caller)).code()).isEqualTo(ErrorCode.NOT_ENABLED);
        stage.world.owner().enable("notes");
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void resetOvertakesARefreshWhoseTokensAreRevoked() {
        MemberKey key = stage.key();
        stage.after(Stage.ENDED);
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<String> caller = Crowd.one(() -> {
            try (Session session = stage.alice().session(key)) {
                return Stage.token(session);
            }
        });
        hold.arrived();
        assertThat(Stage.alice(other).keys().reset()).hasSize(1);
        hold.release();

        assertThat(Stage.failure(() -> Crowd.get(caller)).code())
                .isIn(ErrorCode.NOT_CONNECTED, ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.KEY_RESET);
        assertThat(stage.world.server.grants("anna")).isEmpty();
    }

    @Test
    void closingStoresTheAnswerOfARefreshUnderWay() {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<Integer> caller = Crowd.one(stage::call);
        hold.arrived();
        Thread closer = new Thread(stage.world.bulla::close);
        closer.start();
        Crowd.until(() ->
                Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED).contains(closer.getState())
                        && stage.isClosing());
        assertThat(closer.isAlive()).isTrue();
        hold.release();
        Crowd.until(() -> !closer.isAlive());

        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(Stage.call(Stage.alice(other))).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(caller).satisfies(future -> Crowd.until(future::isDone));
    }

    @Test
    void interruptedCallerLeavesTheRefreshRunning() {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<Integer> caller = Crowd.one(stage::call);
        hold.arrived();
        caller.cancel(true);
        hold.release();

        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }
}
