package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request whose outcome nobody knows, at services of three kinds, and after a node that died with its claim. */
class OutcomeUnknownTest {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private Stage stage = Stage.inMemory();

    @AfterEach
    void close() {
        stage.close();
    }

    private void at(Rotation rotation, ReuseRule reuse) {
        stage.close();
        stage = Stage.inMemory(rotation, reuse).connected();
    }

    private void unknownWhileAlive(Misfortune misfortune) {
        stage.after(Stage.DUE).struckBy(misfortune);
        assertThat(stage.call()).isEqualTo(200);
        Crowd.until(() -> stage.refreshes() == 1 && stage.row().claim().until() == 0);
    }

    /** Another node takes the claim, announces a request and dies. */
    private void nodeDies() {
        AccountRow row = stage.row();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        assertThat(stage.rows()
                        .accounts()
                        .claim(World.TENANT, seen, UUID.randomUUID().toString(), 25_000, "hash"))
                .isTrue();
        stage.after(Duration.ofSeconds(26));
    }

    @Test
    void graceIsUsedAtOnce() {
        at(Rotation.grace(GRACE), ReuseRule.grace(GRACE));
        unknownWhileAlive(Misfortune.lostAnswer());
        stage.after(Duration.ofSeconds(30));
        stage.callUntil(() -> stage.row().sealNo() == 2);
        assertThat(stage.refreshes()).isEqualTo(2);
        assertThat(stage.redemptions()).isEqualTo(2);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void graceThatIsOverIsNotUsedWhileTheTokenLives() {
        at(Rotation.grace(GRACE), ReuseRule.grace(GRACE));
        unknownWhileAlive(Misfortune.lostAnswer());
        stage.after(Duration.ofSeconds(61));
        assertThat(stage.call()).isEqualTo(200);
        stage.after(Duration.ofSeconds(80));
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void graceCountsFromTheFirstRequest() {
        at(Rotation.grace(GRACE), ReuseRule.grace(GRACE));
        unknownWhileAlive(Misfortune.lostAnswer());
        stage.after(Duration.ofSeconds(40)).struckBy(Misfortune.busy(503, Duration.ZERO));
        stage.callUntil(() -> stage.refreshes() == 2 && stage.row().claim().until() == 0);
        stage.after(Duration.ofSeconds(30));
        assertThat(stage.call()).isEqualTo(200);
        stage.after(Duration.ofSeconds(80));
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(2);
    }

    @Test
    void twoUnknownOutcomesLeaveALivingTokenInUse() {
        at(Rotation.grace(GRACE), ReuseRule.grace(GRACE));
        unknownWhileAlive(Misfortune.lostAnswer());
        stage.after(Duration.ofSeconds(30)).struckBy(Misfortune.lostAnswer());
        stage.callUntil(() -> stage.refreshes() == 2 && stage.row().claim().until() == 0);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);

        stage.after(Stage.ENDED);
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.OUTCOME_UNKNOWN);
        assertThat(stage.refreshes()).isEqualTo(2);
    }

    @Test
    void announcedRequestCountsWhereNothingIsDueAnyMore() {
        at(Rotation.STATIC, ReuseRule.safe());
        AccountRow row = stage.row();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        var accounts = stage.rows().accounts();
        assertThat(accounts.claim(World.TENANT, seen, "attempt", 25_000, "hash"))
                .isTrue();
        assertThat(accounts.settle(
                        World.TENANT,
                        row.id(),
                        row.sealNo(),
                        "attempt",
                        row.rowVersion() + 1,
                        row.status(),
                        null,
                        null,
                        true))
                .isTrue();
        stage.after(Stage.ENDED);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void refreshTokenThatNeverChangesIsSentAgain() {
        at(Rotation.STATIC, ReuseRule.safe());
        stage.after(Stage.ENDED);
        for (int i = 0; i < 3; i++) {
            stage.struckBy(Misfortune.lostAnswer());
            assertThat(stage.failure().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            assertThat(stage.failure().code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
            stage.after(Stage.BACK_OFF);
        }
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(4);
    }

    @Test
    void strictServiceIsAskedAgainAfterTheEndAlone() {
        at(Rotation.STRICT, ReuseRule.afterExpiry());
        unknownWhileAlive(Misfortune.lostRequest());
        stage.after(Duration.ofSeconds(170));
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
        stage.after(Duration.ofSeconds(20));
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(2);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void refusedTokenCountsAsEnded() {
        at(Rotation.STRICT, ReuseRule.afterExpiry());
        unknownWhileAlive(Misfortune.lostRequest());
        stage.world.server.service().endAccess("anna");
        assertThat(Crowd.of(16, number -> stage.call())).containsOnly(200);
        assertThat(stage.refreshes()).isEqualTo(2);
    }

    @Test
    void claimOfADeadNodeIsAnUnknownOutcome() {
        at(Rotation.STRICT, ReuseRule.afterExpiry());
        stage.after(Stage.DUE);
        nodeDies();
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isZero();

        stage.after(Stage.ENDED);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void secondDeadNodeEndsTheAccountUnsent() {
        at(Rotation.STRICT, ReuseRule.afterExpiry());
        stage.after(Stage.ENDED);
        nodeDies();
        nodeDies();
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.OUTCOME_UNKNOWN);
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void heldClaimIsWaitedForAndServedFrom() {
        at(Rotation.STRICT, ReuseRule.afterExpiry());
        stage.after(Stage.ENDED);
        AccountRow row = stage.row();
        stage.rows().accounts().claim(World.TENANT, new Claimed(row.id(), row.sealNo(), ""), "other", 25_000, "hash");
        var caller = Crowd.one(stage::call);
        Crowd.until(() -> stage.watched.counts().getOrDefault("accounts.find", 0) > 4);
        stage.rows()
                .accounts()
                .settle(
                        World.TENANT,
                        row.id(),
                        row.sealNo(),
                        "other",
                        row.rowVersion() + 1,
                        "ACTIVE",
                        null,
                        row.refreshAt(),
                        false);
        assertThat(Crowd.get(caller)).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }
}
