package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.SealedTo;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refresh against whoever ends, replaces or locks what it refreshes: who is first, what lives then, and what was revoked. */
abstract class OvertakenPromises {
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

    private int revocations() {
        return stage.world.server.journal().revocations().size();
    }

    /** A refresh on the watched node whose answer has come and is not stored yet. */
    private Future<String> answered(Bulla node) {
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<String> caller = Crowd.one(() -> Stage.token(Stage.alice(node)));
        hold.arrived();
        held = hold;
        return caller;
    }

    private WatchedStore.Hold held;

    @Test
    void answerThatADisconnectAndAReconnectOvertookIsRevoked() {
        Future<String> caller = answered(stage.world.bulla);
        Stage.alice(other).disconnect("notes");
        stage.world.connect(Stage.alice(other), "notes", "anna");
        String fresh = Stage.token(Stage.alice(other));
        int before = revocations();
        held.release();

        assertThat(Crowd.get(caller)).isEqualTo(fresh);
        assertThat(revocations()).isGreaterThan(before);
        assertThat(stage.world.server.grants("anna")).hasSize(1);
        assertThat(stage.lives(fresh)).isTrue();
        assertThat(stage.call()).isEqualTo(200);
        stage.after(Stage.ENDED);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void answerIsRevokedAlsoWhereTheNextConsentWasRefreshedSince() {
        Future<String> caller = answered(stage.world.bulla);
        Stage.alice(other).disconnect("notes");
        stage.world.connect(Stage.alice(other), "notes", "anna");
        stage.after(Stage.ENDED);
        String fresh = Stage.token(Stage.alice(other));
        int before = revocations();
        held.release();

        assertThat(Crowd.get(caller)).isEqualTo(fresh);
        assertThat(revocations()).isGreaterThan(before);
        assertThat(stage.lives(fresh)).isTrue();
    }

    @Test
    void grantThatAReconnectSharesIsNotEndedForALateAnswer() {
        stage.world.server.service().revocationEndsGrant(true);
        Provider wide =
                stage.world.provider("demo", stage.spec(Reach.GRANT)).custom().build();
        Bulla late = stage.node(stage.watched.store(), wide);
        Future<String> caller = answered(late);
        Stage.alice(other).disconnect("notes");
        stage.world.connect(Stage.alice(other), "notes", "anna");
        String fresh = Stage.token(Stage.alice(other));
        int before = revocations();
        held.release();

        assertThat(Crowd.get(caller)).isEqualTo(fresh);
        assertThat(revocations()).isEqualTo(before);
        assertThat(stage.lives(fresh)).isTrue();
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void answerForAnIdentityThatWasGivenUpIsRevoked() {
        Future<String> caller = answered(stage.world.bulla);
        Landing.IdentityDiffers differs = (Landing.IdentityDiffers)
                stage.world.connect(Stage.alice(other), "notes", "ben").outcome();
        Stage.alice(other).confirmIdentity(differs.ticket(), true);
        int before = revocations();
        held.release();

        Crowd.get(caller);
        assertThat(revocations()).isGreaterThan(before);
        assertThat(stage.world.server.grants("anna")).isEmpty();
        assertThat(stage.account().displayName()).contains("Ben Example");
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void answerThatAResetAndAReconnectOvertookIsRevoked() {
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
        stage.world.connect(Stage.alice(other), "notes", "anna");
        int before = revocations();
        hold.release();

        assertThat(Stage.failure(() -> Crowd.get(caller)).code())
                .isIn(ErrorCode.SESSION_CLOSED, ErrorCode.KEY_REQUIRED, ErrorCode.KEY_WRONG);
        assertThat(revocations()).isGreaterThan(before);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().sealedTo()).isEqualTo(SealedTo.HOST);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void refreshOvertakesAResetThatClearsItsTokens() {
        MemberKey key = stage.key();
        stage.after(Stage.ENDED);
        WatchedStore.Hold hold = stage.watched.hold("accounts.clearKeepingIdentity");
        try (Session session = Stage.alice(other).session(key)) {
            WatchedStore.Hold update = stage.watched.hold("members.update");
            Future<Integer> reset = Crowd.one(() -> stage.alice().keys().reset().size());
            update.arrived();
            String fresh = Stage.token(session);
            assertThat(stage.lives(fresh)).isTrue();
            update.release();
            hold.arrived();
            hold.release();

            assertThat(Crowd.get(reset)).isEqualTo(1);
            assertThat(Stage.failure(() -> Stage.token(session)).code())
                    .isIn(ErrorCode.RECONNECT_REQUIRED, ErrorCode.SESSION_CLOSED);
        }
        assertThat(stage.account().status()).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.KEY_RESET);
        assertThat(stage.account().sealedTo()).isEqualTo(SealedTo.NOBODY);
        assertThat(stage.redemptions()).isEqualTo(1);
        stage.world.connect("alice", "notes", "anna");
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void rotationOvertakesARefreshWhoseAnswerIsSealedToTheNewKey() {
        MemberKey first = stage.key();
        MemberKey second = MemberKey.parse(stage.alice().keys().rotate(first).text());
        stage.after(Stage.ENDED);
        stage.world.server.journal().clear();
        WatchedStore.Hold hold = stage.watched.hold(STORE);
        Future<String> caller = Crowd.one(() -> {
            try (Session session = stage.alice().session(first)) {
                return Stage.token(session);
            }
        });
        hold.arrived();
        Stage.alice(other).keys().confirm(second);
        hold.release();

        assertThat(Stage.failure(() -> Crowd.get(caller)).code()).isEqualTo(ErrorCode.SESSION_CLOSED);
        Crowd.until(() -> stage.row().keyNo() == 2);
        try (Session session = stage.alice().session(second)) {
            assertThat(stage.lives(Stage.token(session))).isTrue();
        }
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(revocations()).isZero();
    }

    @Test
    void refreshOvertakesARotation() {
        MemberKey first = stage.key();
        MemberKey second = MemberKey.parse(stage.alice().keys().rotate(first).text());
        stage.after(Stage.ENDED);
        stage.world.server.journal().clear();
        WatchedStore.Hold hold = stage.watched.hold("members.update");
        Future<?> rotation = Crowd.one(() -> {
            stage.alice().keys().confirm(second);
            return true;
        });
        hold.arrived();
        String fresh;
        try (Session session = Stage.alice(other).session(first)) {
            fresh = Stage.token(session);
        }
        hold.release();
        Crowd.get(rotation);

        try (Session session = stage.alice().session(second)) {
            assertThat(Stage.token(session)).isEqualTo(fresh);
        }
        assertThat(stage.lives(fresh)).isTrue();
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void reconnectAndDisconnectAfterwardsLeaveNothingOfALateAnswer() {
        Future<String> caller = answered(stage.world.bulla);
        stage.world.connect(Stage.alice(other), "notes", "anna");
        Stage.alice(other).disconnect("notes");
        held.release();

        assertThat(Stage.failure(() -> Crowd.get(caller)).code()).isEqualTo(ErrorCode.NOT_CONNECTED);
        assertThat(stage.world.server.grants("anna")).isEmpty();
    }

    @Test
    void refusalIsBelievedOnlyWhereTheContentsAreStillThoseThatWereSent() {
        WatchedStore.Hold hold = stage.watched.hold("accounts.settle");
        stage.struckBy(Misfortune.refuses("invalid_grant"));
        Future<String> caller = Crowd.one(() -> Stage.token(stage.alice()));
        hold.arrived();
        stage.world.connect(Stage.alice(other), "notes", "anna");
        String fresh = Stage.token(Stage.alice(other));
        hold.release();

        assertThat(Crowd.get(caller)).isEqualTo(fresh);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().reason()).isEmpty();
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void refusalOfATokenThatAnotherNodeHasUsedIsNotBelieved() {
        WatchedStore.Hold hold = stage.watched.hold("accounts.settle");
        stage.struckBy(Misfortune.refuses("invalid_grant"));
        Future<String> caller = Crowd.one(() -> Stage.token(stage.alice()));
        hold.arrived();
        // the holder sleeps through its claim, and another node repeats what it takes for an unknown outcome
        stage.after(Duration.ofSeconds(26));
        String fresh = Stage.token(Stage.alice(other));
        hold.release();

        assertThat(Crowd.get(caller)).isEqualTo(fresh);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.lives(fresh)).isTrue();
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void consentIsNotStoredAgainOverWhatARefreshBroughtSince() {
        FaultyStore faulty = new FaultyStore(stage.rows());
        Bulla node = stage.node(faulty.store(), stage.world.provider("demo"));
        ConnectStep.Redirect step = (ConnectStep.Redirect) Stage.alice(node).connect("notes", World.RETURN);
        Trip trip = Trip.agreed(stage.world.server, step, "anna");
        String[] refreshed = new String[1];
        faulty.first(
                "accounts.replace",
                () -> faulty.first("connections.find", () -> {
                    stage.after(Stage.ENDED);
                    refreshed[0] = Stage.token(Stage.alice(other));
                }));
        faulty.after("accounts.replace", 1);

        Trip.assertConnected(Stage.alice(node).complete(trip.request()));

        assertThat(refreshed[0]).isNotNull();
        assertThat(Stage.token(stage.alice())).isEqualTo(refreshed[0]);
        assertThat(stage.lives(refreshed[0])).isTrue();
        stage.after(Stage.ENDED);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.redemptions()).isEqualTo(1);
        assertThat(revocations()).isZero();
    }

    @Test
    void consentThatWasLostIsStoredOverARefresh() {
        FaultyStore faulty = new FaultyStore(stage.rows());
        Bulla node = stage.node(faulty.store(), stage.world.provider("demo"));
        ConnectStep.Redirect step = (ConnectStep.Redirect) Stage.alice(node).connect("notes", World.RETURN);
        Trip trip = Trip.agreed(stage.world.server, step, "anna");
        String[] refreshed = new String[1];
        faulty.first(
                "accounts.replace",
                () -> faulty.first("connections.find", () -> refreshed[0] = Stage.token(Stage.alice(other))));
        faulty.before("accounts.replace", 1);

        Trip.assertConnected(Stage.alice(node).complete(trip.request()));

        assertThat(refreshed[0]).isNotNull();
        assertThat(Stage.token(stage.alice())).isNotEqualTo(refreshed[0]);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void consentOfAnotherIdentityInTheSameMomentIsNotTakenForTheOneThatWasLost() {
        stage.after(Duration.ofMinutes(-30)); // a clock that was set back gives one time to two consents
        FaultyStore faulty = new FaultyStore(stage.rows());
        Bulla node = stage.node(faulty.store(), stage.world.provider("demo"));
        ConnectStep.Redirect step = (ConnectStep.Redirect) Stage.alice(node).connect("notes", World.RETURN);
        Trip trip = Trip.agreed(stage.world.server, step, "anna");
        faulty.first(
                "accounts.replace",
                () -> faulty.first("connections.find", () -> {
                    Landing.IdentityDiffers differs = (Landing.IdentityDiffers) stage.world
                            .connect(Stage.alice(other), "notes", "ben")
                            .outcome();
                    Stage.alice(other).confirmIdentity(differs.ticket(), true);
                    stage.after(Stage.ENDED);
                    Stage.token(Stage.alice(other));
                }));
        faulty.before("accounts.replace", 1);

        assertThat(Stage.alice(node).complete(trip.request()).outcome()).isInstanceOf(Landing.IdentityDiffers.class);
        assertThat(stage.account().displayName()).contains("Ben Example");
    }
}
