package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.store.StoreException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Of several sets of tokens each has its turn, whatever becomes of the others. */
class TokenSetTurnsTest extends TwoSetsStage {
    private void invalidate(String token) {
        try (Session session = Stage.alice(node).session()) {
            session.invalidate("notes", Secret.of(token));
        }
    }

    private boolean failsWith(ErrorCode code) {
        Throwable thrown = catchThrowable(this::token);
        return thrown instanceof BullaException known && known.code() == code;
    }

    @Test
    void setThatIsOverBesideOneThatLivesIsDueAtOnce() {
        stage.after(Stage.ENDED);
        strikes("user", Kind.TRANSIENT);
        assertThat(token()).isEqualTo("bot-2");
        Instant end = stage.account().expiresAt().orElseThrow();
        assertThat(end).isAfter(stage.world.time.instant());
        stage.after(Stage.BACK_OFF);
        assertThat(token()).isEqualTo("bot-2");
        Crowd.until(() -> redeemed.contains("refresh-bot-2"));
        assertThat(redeemed.subList(0, 3)).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1");
    }

    @Test
    void setThatFailsDoesNotKeepTheOtherFromItsTurn() {
        stage.after(Stage.ENDED);
        strikes("bot", always(Kind.TRANSIENT));
        token();
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(stage.account().expiresAt().orElseThrow()).isAfter(stage.world.time.instant());
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);

        for (int life = 2; life < 5; life++) {
            stage.after(Stage.ENDED);
            token();
            assertThat(redeemed).endsWith("refresh-bot-1", "refresh-user-" + life);
        }
    }

    @Test
    void setThatFailsIsLeftAloneUntilItsNextTryAlsoWhereTheOtherWasStoredSince() {
        stage.after(Stage.ENDED);
        strikes("bot", always(Kind.TRANSIENT));
        token();
        redeemed.clear();

        for (int i = 0; i < 3; i++) {
            token();
            assertThat(Stage.failure(() -> invalidate("bot-1")).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(redeemed).isEmpty();
        stage.after(Stage.BACK_OFF);
        Crowd.until(() -> {
            token();
            return !redeemed.isEmpty() && stage.row().claim().until() == 0;
        });
        token();
        assertThat(redeemed).containsExactly("refresh-bot-1");
    }

    @Test
    void setThatWaitsForItsNextTryComesBackThen() {
        stage.after(Stage.ENDED);
        strikes("bot", Kind.TRANSIENT);
        token();
        stage.after(Stage.BACK_OFF);
        Crowd.until(() -> token().equals("bot-2"));
        Crowd.until(() -> stage.row().claim().by().isEmpty());
    }

    @Test
    void contentsThatWereSealedAgainBeforeASetFailedLeaveTheOtherItsTurn() {
        MemberKey key = stage.offeredKey();
        WatchedStore keying = new WatchedStore(stage.rows());
        WatchedStore.Hold sealing = keying.hold("accounts.claim");
        Future<Boolean> confirmed = keyed(stage.node(keying.store(), provider()), key);
        sealing.arrived();

        WatchedStore watched = new WatchedStore(stage.rows());
        try (Session session = sealingNothing(stage.node(watched.store(), provider()), watched, key)) {
            stage.after(Stage.ENDED);
            strikes("bot", Kind.TRANSIENT);
            WatchedStore.Hold refreshing = watched.hold("accounts.claim");
            Future<String> caller = Crowd.one(() -> Stage.token(session));
            refreshing.arrived();
            WatchedStore.Hold sealed = keying.hold("accounts.store");
            sealing.release();
            sealed.arrived();
            WatchedStore.Hold replacing = keying.hold("accounts.claim");
            sealed.release();
            replacing.arrived();
            refreshing.release();
            Crowd.get(caller);
            assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
            replacing.release();
            assertThat(Crowd.get(confirmed)).isTrue();
        }
    }

    private static Future<Boolean> keyed(Bulla node, MemberKey key) {
        return Crowd.one(() -> {
            Stage.alice(node).keys().confirm(key);
            return true;
        });
    }

    /** Has opened the account with the key, and failed to seal it to that: at the unlock, and when it was opened. */
    private static Session sealingNothing(Bulla node, WatchedStore watched, MemberKey key) {
        CountDownLatch unlocked = broken(watched);
        Session session = Stage.alice(node).session(key);
        Crowd.pass(unlocked);
        CountDownLatch opened = broken(watched);
        Stage.token(session);
        Crowd.pass(opened);
        return session;
    }

    private static CountDownLatch broken(WatchedStore watched) {
        CountDownLatch broken = new CountDownLatch(1);
        watched.breaks("accounts.claim", () -> {
            broken.countDown();
            return new StoreException(StoreException.Kind.UNAVAILABLE, "away");
        });
        return broken;
    }

    @Test
    void unknownOutcomeIsStillRememberedWhereItsRepetitionWasNotMade() {
        stage.after(Stage.DUE);
        strikes("user", Kind.OUTCOME_UNKNOWN, Kind.TRANSIENT, Kind.TERMINAL);
        token();
        Crowd.until(() -> redeemed.size() == 2 && stage.row().claim().until() == 0);
        stage.after(Stage.ENDED);
        Crowd.until(() -> failsWith(ErrorCode.PROVIDER_UNAVAILABLE));
        assertThat(stage.row().claim().intent()).isNotNull();
        stage.after(Stage.BACK_OFF);
        Crowd.until(() -> failsWith(ErrorCode.RECONNECT_REQUIRED));
        assertThat(stage.account().reason()).contains(Reason.OUTCOME_UNKNOWN);
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1", "refresh-user-1");
    }

    @Test
    void setThatLivesIsNotReplacedEachTimeTheOtherFails() {
        stage.after(Stage.DUE);
        strikes("bot", always(Kind.TRANSIENT));
        for (int i = 1; i < 4; i++) {
            int tries = i;
            Crowd.until(() -> {
                token();
                return redeemed.size() == tries && stage.row().claim().until() == 0;
            });
            stage.after(Stage.BACK_OFF);
        }
        assertThat(redeemed).containsOnly("refresh-bot-1");
    }
}
