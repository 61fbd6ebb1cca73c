package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account with two token sets, "bot" and "user", whose refresh tokens rotate and are never taken twice. */
class TokenSetsTest extends TwoSetsStage {
    @Test
    void eachSetIsRedeemedAndStoredUnderAClaimOfItsOwn() {
        stage.after(Stage.ENDED);
        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(stage.row().sealNo()).isEqualTo(3);
        stage.after(Stage.ENDED);
        assertThat(token()).isEqualTo("bot-3");
        assertThat(redeemed).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void firstAnswerIsKeptAndTheUnknownOutcomeOfTheSecondIsRemembered() {
        stage.after(Stage.DUE);
        strikes("user", Kind.OUTCOME_UNKNOWN);
        token();
        Crowd.until(() -> redeemed.size() == 2 && stage.row().claim().until() == 0);
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(stage.row().claim().intent()).isNotNull();
        assertThat(token()).isEqualTo("bot-2");
        stage.after(Duration.ofMinutes(2));
        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).hasSize(2);

        stage.after(Duration.ofMinutes(2));
        strikes("user", Kind.TERMINAL);
        Crowd.until(() -> {
            var unused = catchThrowable(this::token); // a living token may still be handed out
            return stage.account().status() != AccountStatus.ACTIVE;
        });
        assertThat(stage.account().reason()).contains(Reason.OUTCOME_UNKNOWN);
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1");
    }

    @Test
    void repetitionThatSucceedsHealsBoth() {
        stage.after(Stage.DUE);
        strikes("user", Kind.OUTCOME_UNKNOWN);
        token();
        Crowd.until(() -> redeemed.size() == 2 && stage.row().claim().until() == 0);
        stage.after(Duration.ofMinutes(4));
        Crowd.until(() -> {
            token();
            return redeemed.size() == 4;
        });
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1", "refresh-bot-2");
        Crowd.until(() -> stage.row().claim().intent() == null && stage.row().sealNo() == 4);
        assertThat(token()).isEqualTo("bot-3");
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void setThatHasEndedIsRepeatedAtOnceBesideOneThatLives() {
        stage.after(Stage.ENDED);
        strikes("user", Kind.OUTCOME_UNKNOWN);
        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(token()).isEqualTo("bot-2");
        Crowd.until(() -> redeemed.size() >= 3 && stage.row().claim().intent() == null);
        assertThat(redeemed.subList(0, 3)).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1");
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void nodeThatDiesBetweenTheTwoLosesNeither() {
        FaultyStore faulty = new FaultyStore(stage.rows());
        Bulla dying = stage.node(faulty.store(), provider());
        stage.after(Stage.ENDED);
        faulty.first("accounts.store", () -> faulty.before("accounts.claim", 1));
        assertThat(Stage.failure(() -> Stage.token(Stage.alice(dying))).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(redeemed).containsExactly("refresh-bot-1");

        stage.after(Duration.ofMinutes(1)); // what was due then counts on by real time
        assertThat(token()).isEqualTo("bot-2");
        Crowd.until(() -> redeemed.contains("refresh-user-1") && stage.row().sealNo() == 4);
        assertThat(redeemed).doesNotHaveDuplicates();
    }

    @Test
    void failureOfTheFirstSendsNothingOfTheSecond() {
        stage.after(Stage.ENDED);
        strikes("bot", Kind.OUTCOME_UNKNOWN);
        BullaException failure = Stage.failure(this::token);
        assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(redeemed).containsExactly("refresh-bot-1");

        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-bot-1", "refresh-user-1");
    }

    @Test
    void refusedTokenIsReplacedWhicheverItWas() {
        try (Session session = Stage.alice(node).session()) {
            assertThat(session.call("notes", Stage.ME.as("user")).status()).isEqualTo(401);
        }
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(stage.row().sealNo()).isEqualTo(3);
    }

    @Test
    void answerForAnotherSetIsNoneForTheRefusedOne() {
        WatchedStore watched = new WatchedStore(stage.rows());
        Bulla other = stage.node(watched.store(), provider());
        try (Session session = Stage.alice(other).session();
                Session busy = Stage.alice(node).session()) {
            session.tokenForSdk("notes");
            WatchedStore.Hold refused = watched.hold("accounts.find");
            Future<Integer> caller =
                    Crowd.one(() -> session.call("notes", Stage.ME.as("user")).status());
            refused.arrived();
            strikes("user", Kind.TRANSIENT); // so only the first of the two is replaced
            assertThat(Stage.failure(() -> busy.call("notes", Stage.ME.as("user")))
                            .code())
                    .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
            stage.after(Stage.BACK_OFF);
            refused.release();
            Crowd.get(caller);
        }
        assertThat(redeemed).containsSubsequence("refresh-bot-1", "refresh-user-1", "refresh-user-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void serviceThatAsksToBeLeftAloneIsAskedForNoSet(int status) {
        stage.after(Stage.ENDED);
        misfortunes.put(
                "bot",
                new ArrayList<>(
                        List.of(new ProviderException(Kind.TRANSIENT, "busy", status, Duration.ofMinutes(5), "busy"))));
        assertThat(Stage.failure(this::token).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        stage.after(Duration.ofMinutes(4));
        assertThat(Stage.failure(this::token).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        assertThat(redeemed).containsExactly("refresh-bot-1");
        stage.after(Duration.ofMinutes(2));
        assertThat(token()).isEqualTo("bot-2");
    }

    @Test
    void appThatIsRefusedIsAskedForNoOtherSet() {
        stage.after(Stage.ENDED);
        strikes("bot", Kind.MISCONFIGURED);
        assertThat(Stage.failure(this::token).code()).isEqualTo(ErrorCode.APP_REFUSED);
        assertThat(redeemed).containsExactly("refresh-bot-1");
    }

    @Test
    void refusedTokenIsReplacedThoughTheOtherSetFails() {
        strikes("bot", Kind.TRANSIENT);
        try (Session session = Stage.alice(node).session()) {
            assertThat(session.call("notes", Stage.ME.as("user")).status()).isEqualTo(401);
        }
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
    }

    @Test
    void refusedTokenThatCanNotBeReplacedYetIsToldThoughTheOtherWas() {
        strikes("bot", always(Kind.TRANSIENT));
        try (Session session = Stage.alice(node).session()) {
            assertThat(Stage.failure(() -> session.call("notes", Stage.ME.as("bot")))
                            .code())
                    .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
    }
}
