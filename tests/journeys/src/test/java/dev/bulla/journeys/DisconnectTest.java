package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.testkit.server.Browser;
import dev.bulla.testkit.service.Misfortune;
import java.net.URI;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the tokens at the service when an account is disconnected; here it is gone in every case. */
class DisconnectTest {
    private final Stage stage = Stage.inMemory();

    @AfterEach
    void close() {
        stage.close();
    }

    private void isGone() {
        assertThat(stage.account().status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(stage.row().sealed()).isNull();
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.NOT_CONNECTED);
    }

    @Test
    void tokensThatCanBeOpenedAreRevoked() {
        stage.connected();
        String token = Stage.token(stage.alice());
        assertThat(stage.alice().disconnect("notes").revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(stage.lives(token)).isFalse();
        isGone();
    }

    @Test
    void endedAccessTokenIsNoHindrance() {
        stage.connected().after(Stage.ENDED);
        assertThat(stage.alice().disconnect("notes").revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(stage.world.server.grants("anna")).isEmpty();
        assertThat(stage.refreshes()).isZero();
        isGone();
    }

    @Test
    void lockedTokensAreTheMembersToEnd() {
        stage.connected().key();
        Disconnected gone = stage.alice().disconnect("notes");
        assertThat(gone.revocation()).isEqualTo(Revocation.LOCKED);
        assertThat(gone.grantsPage()).contains(stage.world.server.at("/grants"));
        assertThat(stage.world.server.grants("anna")).isNotEmpty();
        isGone();
    }

    @Test
    void sessionWithTheKeyRevokes() {
        MemberKey key = stage.connected().key();
        try (Session session = stage.alice().session(key)) {
            assertThat(session.disconnect("notes").revocation()).isEqualTo(Revocation.REVOKED);
        }
        assertThat(stage.world.server.grants("anna")).isEmpty();
        isGone();
    }

    @Test
    void accountOfAnotherMemberIsNotTheirsToEnd() {
        stage.connected();
        assertThat(Stage.failure(() -> stage.world.member("ben").disconnect("notes"))
                        .code())
                .isEqualTo(ErrorCode.NOT_CONNECTED);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void disconnectedAccountIsNotDisconnectedAgain() {
        stage.connected().alice().disconnect("notes");
        assertThat(Stage.failure(() -> stage.alice().disconnect("notes")).code())
                .isEqualTo(ErrorCode.NOT_CONNECTED);
    }

    @Test
    void serviceThatIsAwayDoesNotHoldTheLocalEnd() {
        stage.connected().world.server.close();
        assertThat(stage.alice().disconnect("notes").revocation()).isEqualTo(Revocation.FAILED);
        isGone();
    }

    @Test
    void serviceWithoutRevocationIsSaidToBeOne() {
        Bulla node = stage.node(stage.provider("plain", RefreshTokenGrant.of(stage.spec(Reach.TOKEN)), null));
        stage.connect(node, "notes", "plain");
        assertThat(Stage.alice(node).disconnect("notes").revocation()).isEqualTo(Revocation.NOT_OFFERED);
        assertThat(stage.row().sealed()).isNull();
    }

    @Test
    void revokerThatStumblesDoesNotHoldTheLocalEnd() {
        Bulla node = stage.node(stage.provider("odd", null, new TokenRevoker() {
            @Override
            public Reach reach() {
                return Reach.TOKEN;
            }

            @Override
            public void revoke(Tokens tokens, ProviderCall call) {
                throw new IllegalStateException("a mistake of the provider's code");
            }
        }));
        stage.connect(node, "notes", "odd");
        assertThat(Stage.alice(node).disconnect("notes").revocation()).isEqualTo(Revocation.FAILED);
        assertThat(stage.row().sealed()).isNull();
    }

    private Bulla grantWide() {
        stage.world.server.service().dialect(Stage.dialect(true, true)).revocationEndsGrant(true);
        Bulla node = stage.node(
                stage.watched.store(), stage.provider("wide", null, TokenRevocation.of(stage.spec(Reach.GRANT))));
        stage.connect(node, "notes", "wide");
        ConnectStep.Redirect step = (ConnectStep.Redirect) Stage.alice(node).connect("notes", "second", World.RETURN);
        URI callback = new Browser().authorize(step.location(), "anna", "anna-password");
        Stage.alice(node).complete(World.callback(callback, step));
        return node;
    }

    @Test
    void sharedGrantIsRevokedByTheLastOneOut() {
        Bulla node = grantWide();
        assertThat(Stage.alice(node).disconnect("notes").revocation()).isEqualTo(Revocation.SHARED);
        try (Session session = Stage.alice(node).session()) {
            assertThat(session.call("notes", "second", Stage.ME).status()).isEqualTo(200);
        }
        assertThat(Stage.alice(node).disconnect("notes", "second").revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(stage.world.server.grants("anna")).isEmpty();
    }

    @Test
    void twoWhoLeaveAtOnceLeaveNoGrant() {
        Bulla node = grantWide();
        WatchedStore.Hold hold = stage.watched.hold("accounts.clear");
        Future<Disconnected> first = Crowd.one(() -> Stage.alice(node).disconnect("notes"));
        hold.arrived();
        assertThat(Stage.alice(node).disconnect("notes", "second").revocation()).isEqualTo(Revocation.SHARED);
        hold.release();

        assertThat(Crowd.get(first).revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(stage.world.server.grants("anna")).isEmpty();
    }

    @Test
    void accountThatMustReconnectSharesNothing() {
        Bulla node = grantWide();
        AccountRow second = stage.rows().accounts().ofMember(World.TENANT, "alice").stream()
                .filter(row -> row.label().equals("second"))
                .findFirst()
                .orElseThrow();
        stage.rows()
                .accounts()
                .mark(World.TENANT, second.id(), second.rowVersion(), "RECONNECT_REQUIRED", "outcome_unknown");
        assertThat(Stage.alice(node).disconnect("notes").revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(stage.world.server.grants("anna")).isEmpty();
    }

    @Test
    void misfortuneOfRefreshesDoesNotTouchRevocation() {
        stage.connected().after(Stage.ENDED).struckBy(Misfortune.busy(503, Stage.LIFE));
        stage.failure();
        assertThat(stage.alice().disconnect("notes").revocation()).isEqualTo(Revocation.REVOKED);
        isGone();
    }
}
