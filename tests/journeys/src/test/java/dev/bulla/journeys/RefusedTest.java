package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service's API refuses a token that should live. */
class RefusedTest {
    private final Stage stage = Stage.inMemory();

    @BeforeEach
    void connect() {
        stage.connected();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private long apiCalls() {
        return stage.world.server.journal().apiCalls().size();
    }

    @Test
    void manyRefusedCallersCauseOneRefreshAndOneRepetitionEach() {
        try (Session session = stage.alice().session()) {
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
            stage.world.server.service().endAccess("anna");
            stage.world.server.journal().clear();

            assertThat(Crowd.of(32, number -> session.call("notes", Stage.ME).status()))
                    .containsOnly(200);
        }
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(apiCalls()).isLessThanOrEqualTo(64);
    }

    @Test
    void forbiddenCallIsAnAnswer() {
        try (Session session = stage.alice().session()) {
            ApiRequest write = ApiRequest.of("POST", "/api/notes");
            assertThat(session.call("notes", write).status()).isEqualTo(403);
        }
        assertThat(stage.refreshes()).isZero();
        assertThat(apiCalls()).isEqualTo(1);
    }

    @Test
    void grantRevokedAtTheServiceAsksTheMember() {
        stage.world.server.service().endGrants("anna");
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.GRANT_REVOKED);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(apiCalls()).isEqualTo(1);
    }

    @Test
    void contentsThatWereOnlySealedAgainAreNoFreshToken() {
        MemberKey first = stage.key();
        MemberKey second = MemberKey.parse(stage.alice().keys().rotate(first).text());
        WatchedStore.Hold sealing = stage.watched.hold("accounts.store");
        Crowd.one(() -> {
            stage.alice().keys().confirm(second);
            return true;
        });
        sealing.arrived();
        try (Session session = stage.alice().session(second)) {
            String stale = Stage.token(session);
            stage.world.server.service().endAccess("anna");
            stage.world.server.journal().clear();
            WatchedStore.Hold refused = stage.watched.hold("accounts.find");
            Future<Integer> caller =
                    Crowd.one(() -> session.call("notes", Stage.ME).status());
            refused.arrived();
            sealing.release();
            Crowd.until(() -> stage.row().sealNo() >= 4);
            refused.release();

            assertThat(stage.lives(stale)).isFalse();
            assertThat(Crowd.get(caller)).isEqualTo(200);
        }
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void memberSealedAccountIsRefreshedInTheSessionOfItsMember() {
        MemberKey key = stage.key();
        stage.after(Stage.ENDED);
        assertThat(stage.world.bulla.maintenance().refreshDue(10).refreshed()).isZero();
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.KEY_REQUIRED);
        try (Session session = stage.alice().session(key)) {
            assertThat(Crowd.of(16, number -> session.call("notes", Stage.ME).status()))
                    .containsOnly(200);
        }
        assertThat(stage.refreshes()).isEqualTo(2);
        assertThat(stage.redemptions()).isEqualTo(1);
    }
}
