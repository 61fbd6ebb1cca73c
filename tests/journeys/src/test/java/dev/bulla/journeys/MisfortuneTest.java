package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Session;
import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong at the token endpoint, what the caller gets, what becomes of the account, and how it recovers. */
class MisfortuneTest {
    private Stage stage = Stage.inMemory().connected();

    @AfterEach
    void close() {
        stage.close();
    }

    private void isActive() {
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().reason()).isEmpty();
    }

    private void isLost(Reason reason) {
        BullaException failure = stage.failure();
        assertThat(failure.code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(failure.actor()).isEqualTo(Actor.MEMBER);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(reason);
        stage.world.server.misfortunes().reset();
        stage.world.connect("alice", "notes", "anna");
        assertThat(stage.call()).isEqualTo(200);
    }

    private void failsRetryably(ErrorCode code) {
        BullaException failure = stage.failure();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.isRetryable()).isTrue();
        isActive();
    }

    @Test
    void lostRequestIsRepeatedOnceAfterTheEnd() {
        stage.after(Stage.ENDED).struckBy(Misfortune.lostRequest());
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(2);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void lostAnswerOfAStrictServiceCostsTheGrantAtTheRepetition() {
        stage.after(Stage.ENDED).struckBy(Misfortune.lostAnswer());
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.refreshes()).isEqualTo(2);
        isLost(Reason.OUTCOME_UNKNOWN);
        assertThat(stage.refreshes()).isEqualTo(2);
    }

    @Test
    void lostAnswerWaitsForTheEndOfALivingToken() {
        stage.after(Stage.DUE).struckBy(Misfortune.lostAnswer());
        assertThat(stage.call()).isEqualTo(200);
        Crowd.until(() ->
                stage.row().claim().intent() != null && stage.row().claim().until() == 0);
        assertThat(stage.row().refreshAt()).isEqualTo(stage.row().expiresAt());

        stage.after(Duration.ofMinutes(2));
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
        isActive();
    }

    @Test
    void twoLostAnswersEndTheAccount() {
        stage.after(Stage.ENDED).struckBy(Misfortune.lostRequest()).struckBy(Misfortune.lostRequest());
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.refreshes()).isEqualTo(2);
        isLost(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void refusalsForNowDoNotUseUpTheOneRepetition() {
        stage.after(Stage.ENDED);
        for (int i = 0; i < 3; i++) {
            stage.struckBy(Misfortune.busy(429, Duration.ZERO));
            failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
            stage.after(Stage.BACK_OFF);
        }
        stage.struckBy(Misfortune.lostRequest());
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        stage.struckBy(Misfortune.busy(503, Duration.ZERO));
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        stage.after(Stage.BACK_OFF);

        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void refusalOfTheRepetitionForNowGivesNoFurtherOne() {
        stage.after(Stage.ENDED).struckBy(Misfortune.lostRequest());
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        stage.struckBy(Misfortune.busy(503, Duration.ZERO));
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        stage.after(Stage.BACK_OFF).struckBy(Misfortune.lostRequest());
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.refreshes()).isEqualTo(3);
        isLost(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void serverErrorIsAnUnknownOutcome() {
        stage.after(Stage.ENDED).struckBy(Misfortune.failsBefore(500));
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void statusThatLeavesItOpenWhatWasDoneIsAnUnknownOutcome() {
        for (int status : new int[] {408, 421, 500, 502, 504}) {
            stage.after(Stage.ENDED).struckBy(Misfortune.failsBefore(status));
            failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
            assertThat(stage.row().claim().intent()).isNotNull();
            assertThat(stage.call()).isEqualTo(200);
        }
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void serverErrorAfterTheWorkIsNotSeenToBeOne() {
        stage.after(Stage.ENDED).struckBy(Misfortune.failsAfter(502));
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        isLost(Reason.OUTCOME_UNKNOWN);
        assertThat(stage.refreshes()).isEqualTo(2);
    }

    @Test
    void cutBodyIsAnUnknownOutcome() {
        stage.after(Stage.ENDED).struckBy(Misfortune.cutBody());
        failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
        isLost(Reason.OUTCOME_UNKNOWN);
    }

    @Test
    void busyServiceIsLeftAloneAsLongAsItAsks() {
        stage.after(Stage.ENDED).struckBy(Misfortune.busy(429, Duration.ofSeconds(60)));
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        Crowd.of(64, number -> Stage.failure(stage::call))
                .forEach(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE));
        stage.after(Duration.ofSeconds(59));
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        assertThat(stage.refreshes()).isEqualTo(1);

        stage.after(Duration.ofSeconds(12));
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void longestWaitIsAnHour() {
        stage.after(Stage.ENDED).struckBy(Misfortune.busy(503, Duration.ofDays(3)));
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        stage.after(Duration.ofMinutes(59));
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        assertThat(stage.refreshes()).isEqualTo(1);
        stage.after(Duration.ofMinutes(2));
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void livingTokenOutlivesABusyService() {
        stage.after(Stage.MANDATORY).struckBy(Misfortune.busy(503, Duration.ofSeconds(20)));
        assertThat(Crowd.of(64, number -> stage.call())).containsOnly(200);
        assertThat(stage.refreshes()).isEqualTo(1);
        isActive();
    }

    @Test
    void busyServiceIsNotAskedAgainForARefusedToken() {
        stage.world.server.service().endAccess("anna");
        stage.struckBy(Misfortune.busy(503, Duration.ofSeconds(60)));
        for (int i = 0; i < 5; i++) {
            failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(stage.refreshes()).isEqualTo(1);
        stage.after(Duration.ofSeconds(71));
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void slowAnswerIsWaitedFor() {
        stage.after(Stage.ENDED).struckBy(Misfortune.slow(Duration.ofMillis(300)));
        assertThat(Crowd.of(8, number -> stage.call())).containsOnly(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void answerWithoutRefreshTokenKeepsTheOldOne() {
        stage.close();
        stage = Stage.inMemory(Rotation.STATIC, ReuseRule.safe()).connected();
        for (int i = 0; i < 3; i++) {
            stage.after(Stage.ENDED).struckBy(Misfortune.withoutRefreshToken());
            assertThat(stage.call()).isEqualTo(200);
        }
        assertThat(stage.redemptions()).isEqualTo(3);
        isActive();
    }

    @Test
    void answerThatIsNoneIsAnUnknownOutcome() {
        for (String body : List.of(
                "",
                "<html>down</html>",
                "[]",
                "{}",
                "{\"access_token\":null}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"a\\r\\nX-Evil: 1\"}",
                "{\"access_token\":\"a\",\"access_token\":\"b\"}",
                "{\"access_token\":\"a\",\"refresh_token\":\"\"}")) {
            stage.after(Stage.ENDED).struckBy(Misfortune.answers(body));
            failsRetryably(ErrorCode.OUTCOME_UNKNOWN);
            isLost(Reason.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void revokedGrantAsksTheMember() {
        stage.after(Stage.ENDED);
        stage.world.server.service().endGrants("anna");
        List<BullaException> failures = Crowd.of(32, number -> Stage.failure(stage::call));
        assertThat(failures).allMatch(failure -> failure.code() == ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.refreshes()).isEqualTo(1);
        isLost(Reason.GRANT_REVOKED);
    }

    @Test
    void refusedAppBlamesTheConnectionAndNoAccount() {
        stage.after(Stage.ENDED).struckBy(Misfortune.refuses("invalid_client"));
        List<ErrorCode> codes =
                Crowd.of(64, number -> Stage.failure(stage::call).code());
        assertThat(codes).containsOnly(ErrorCode.APP_REFUSED);
        assertThat(ErrorCode.APP_REFUSED.actor()).isEqualTo(Actor.OWNER);
        assertThat(Stage.failure(() -> Stage.call(Stage.alice(stage.node()))).code())
                .isEqualTo(ErrorCode.APP_REFUSED);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().reason()).contains(Reason.APP_REFUSED);

        stage.after(Stage.BACK_OFF);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.redemptions()).isEqualTo(1);
        isActive();
    }

    @Test
    void refusedAppIsForgottenWithTheNextFailureOfAnotherKind() {
        stage.after(Stage.ENDED).struckBy(Misfortune.refuses("invalid_client"));
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.APP_REFUSED);
        stage.after(Stage.BACK_OFF).struckBy(Misfortune.busy(503, Duration.ZERO));
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
        failsRetryably(ErrorCode.PROVIDER_UNAVAILABLE);
    }

    @Test
    void refusedAppHidesMissingScopesForAWhileOnly() {
        String narrow =
                "{\"access_token\":\"at-narrow\",\"refresh_token\":\"rt\",\"expires_in\":600,\"scope\":\"other\"}";
        stage.after(Stage.ENDED).struckBy(Misfortune.answers(narrow));
        Stage.token(stage.alice());
        stage.after(Stage.ENDED).struckBy(Misfortune.refuses("invalid_client"));
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.APP_REFUSED);
        assertThat(stage.account().reason()).contains(Reason.APP_REFUSED);
        stage.after(Stage.BACK_OFF).struckBy(Misfortune.busy(429, Duration.ZERO));
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        assertThat(stage.account().reason()).contains(Reason.SCOPES_MISSING);
    }

    @Test
    void narrowerScopesAreToldAndStay() {
        String narrow =
                "{\"access_token\":\"at-narrow\",\"refresh_token\":\"rt\",\"expires_in\":600,\"scope\":\"other\"}";
        stage.after(Stage.ENDED).struckBy(Misfortune.answers(narrow));
        assertThat(Stage.token(stage.alice())).isEqualTo("at-narrow");
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().reason()).contains(Reason.SCOPES_MISSING);
        assertThat(stage.account().scopes()).containsExactly("other");
        assertThat(stage.account().missingScopes()).containsExactly("notes.read");
    }

    @Test
    void endedTokenWithoutRefreshTokenIsAnEndedGrant() {
        stage.close();
        stage = Stage.inMemory();
        stage.world.server.service().dialect(Stage.dialect(false, true));
        stage.connected().after(Stage.DUE);
        assertThat(stage.call()).isEqualTo(200);
        stage.after(Stage.ENDED);
        stage.failure();
        assertThat(stage.refreshes()).isZero();
        assertThat(stage.account().reason()).contains(Reason.GRANT_EXPIRED);
    }

    @Test
    void refusedTokenWithoutRefreshTokenIsTheCallersToSee() {
        stage.close();
        stage = Stage.inMemory();
        stage.world.server.service().dialect(Stage.dialect(false, true));
        stage.connected();
        stage.world.server.service().endAccess("anna");
        assertThat(stage.call()).isEqualTo(401);
        isActive();
    }

    @Test
    void unknownLifetimeIsRefreshedByRefusalAlone() {
        stage.close();
        stage = Stage.inMemory();
        stage.world.server.service().dialect(Stage.dialect(true, false));
        stage.connected().after(Duration.ofMinutes(9));
        assertThat(stage.account().expiresAt()).isEmpty();
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isZero();
        stage.after(Duration.ofDays(3));
        assertThat(Crowd.of(32, number -> stage.call())).containsOnly(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void failureIsToldWithoutToken() {
        stage.after(Stage.ENDED).struckBy(Misfortune.answers("{\"access_token\":\"secret\\u0007value\"}"));
        try (Session session = stage.alice().session()) {
            BullaException failure = Stage.failure(() -> session.call("notes", Stage.ME));
            assertThat(failure.getMessage()).doesNotContain("secret", "value");
            assertThat(failure.getCause()).isNull();
        }
    }
}
