package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.StoreException;
import dev.bulla.testkit.service.Rotation;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The moments at which a token is used, refreshed beside its use, and waited for. */
class DueTest {
    private final Stage stage = Stage.inMemory();

    @BeforeEach
    void connect() {
        stage.connected();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void at(long millis) {
        stage.after(Duration.ofMillis(millis - stage.world.time.millis()));
    }

    @Test
    void tokenIsUsedUntilItIsDue() {
        long due = stage.row().refreshAt();
        at(due - 1);
        assertThat(stage.call()).isEqualTo(200);
        stage.world.bulla.close();
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void dueTokenIsRefreshedBesideItsUse() {
        String old = Stage.token(stage.alice());
        at(stage.row().refreshAt());
        WatchedStore.Hold hold = stage.watched.hold("accounts.store");
        assertThat(Crowd.of(16, number -> Stage.token(stage.alice()))).containsOnly(old);
        hold.arrived();
        assertThat(Stage.token(stage.alice())).isEqualTo(old);
        hold.release();
        Crowd.until(() -> stage.row().sealNo() == 2);
        assertThat(Stage.token(stage.alice())).isNotEqualTo(old);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void lastMinuteIsWaitedFor() {
        at(stage.row().expiresAt() - 60_000);
        WatchedStore.Hold hold = stage.watched.hold("accounts.store");
        Future<String> caller = Crowd.one(() -> Stage.token(stage.alice()));
        hold.arrived();
        assertThat(caller).isNotDone();
        hold.release();
        assertThat(stage.lives(Crowd.get(caller))).isTrue();
        assertThat(stage.row().sealNo()).isEqualTo(2);
    }

    @Test
    void endIsAnEnd() {
        String old = Stage.token(stage.alice());
        at(stage.row().expiresAt());
        assertThat(Stage.token(stage.alice())).isNotEqualTo(old);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void lifetimeOfSecondsIsServedAndRefreshed() {
        stage.world.server.service().accessLifetime(Duration.ofSeconds(5));
        stage.world.connect("alice", "notes", "anna");
        AccountRow row = stage.row();
        assertThat(row.expiresAt() - row.refreshAt()).isBetween(1_600L, 1_900L);
        try (Session session = stage.alice().session()) {
            for (int i = 0; i < 20; i++) {
                stage.after(Duration.ofSeconds(10)); // a lifetime counts from sending, by real time
                assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
            }
        }
        assertThat(stage.redemptions()).isEqualTo(1);
        assertThat(stage.refreshes()).isEqualTo(20);
    }

    @Test
    void sweepRefreshesWhatIsDueAndNothingElse() {
        assertThat(stage.world.bulla.maintenance().refreshDue(10).refreshed()).isZero();
        at(stage.row().refreshAt());
        assertThat(stage.world.bulla.maintenance().refreshDue(10).refreshed()).isEqualTo(1);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void sweepPassesOverWhatIsGivenUp() {
        stage.after(Stage.ENDED);
        stage.world.server.service().endGrants("anna");
        assertThat(stage.world.bulla.maintenance().refreshDue(10).failed()).isEqualTo(1);
        stage.after(Duration.ofHours(2));
        assertThat(stage.world.bulla.maintenance().refreshDue(10).failed()).isZero();
    }

    @Test
    void closingEndsTheWaitForAnotherNode() {
        stage.after(Stage.ENDED);
        AccountRow row = stage.row();
        Claimed seen = new Claimed(row.id(), row.sealNo(), "");
        stage.rows().accounts().claim(World.TENANT, seen, "other", 25_000, "hash");
        Future<Integer> waiter = Crowd.one(stage::call);
        Crowd.until(() -> stage.watched.counts().getOrDefault("accounts.find", 0) > 4);
        stage.world.bulla.close();

        assertThat(Stage.failure(() -> Crowd.get(waiter)).code()).isEqualTo(ErrorCode.CLOSED);
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void refreshBegunWithoutTheKeyIsBegunAnewByWhoHoldsIt() {
        try (Stage safe = Stage.inMemory(Rotation.STATIC, ReuseRule.safe()).connected()) {
            safe.after(Stage.ENDED);
            MemberKey key = safe.offeredKey();
            WatchedStore.Hold hold = safe.watched.hold("accounts.claim");
            Crowd.one(safe::call);
            hold.arrived();
            Stage.alice(safe.node()).keys().confirm(key);
            try (Session session = safe.alice().session(key)) {
                safe.watched.forget();
                Future<String> caller = Crowd.one(() -> Stage.token(session));
                Crowd.until(() -> safe.watched.counts().containsKey("accounts.glance"));
                hold.release();
                assertThat(safe.lives(Crowd.get(caller))).isTrue();
            }
        }
    }

    @Test
    void databaseThatIsAwayIsToldAsThat() {
        stage.watched.breaks(
                "accounts.find", () -> new StoreException(StoreException.Kind.UNAVAILABLE, "away with everything"));
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        stage.after(Stage.ENDED);
        stage.watched.breaks("accounts.claim", () -> new StoreException(StoreException.Kind.CONTENDED, "too many"));
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(stage.refreshes()).isZero();
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void appThatIsRetiredAsksTheMember() {
        stage.world.server.registerClient(
                "newer",
                "secret",
                stage.world.owner().get("notes").redirectUri().toString());
        stage.world.owner().save("notes", Settings.clientId("newer").clientSecret("secret"));
        stage.after(Stage.ENDED);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.world.owner().retireOldApps("notes")).hasSize(1);
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.APP_RETIRED);
    }
}
