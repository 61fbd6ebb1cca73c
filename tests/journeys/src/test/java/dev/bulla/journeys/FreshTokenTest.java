package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.connection.Ids;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a refresh brought, or did not bring, while something else happened to its account. */
class FreshTokenTest {
    private final Stage stage = Stage.inMemory();
    private final List<String> revoked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connect() {
        stage.connected();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** A node on which something happens between the answer of the service and its being stored. */
    private Bulla meanwhile(UnaryOperator<Tokens> event) {
        RefreshTokenGrant grant = RefreshTokenGrant.of(stage.spec(Reach.TOKEN));
        TokenRefresher refresher = new TokenRefresher() {
            @Override
            public Style style() {
                return Style.REFRESH_TOKEN;
            }

            @Override
            public Tokens refresh(Tokens old, ProviderCall call) {
                return event.apply(grant.refresh(old, call));
            }
        };
        TokenRevoker revoker = new TokenRevoker() {
            @Override
            public Reach reach() {
                return Reach.GRANT;
            }

            @Override
            public void revoke(Tokens tokens, ProviderCall call) {
                revoked.add(tokens.main().accessToken().reveal());
            }
        };
        return stage.node(stage.watched.store(), stage.provider("demo", refresher, revoker));
    }

    /** Somebody puts a key of their own into the member's row. */
    private void tamper() {
        MemberRow good = stage.rows().members().find(World.TENANT, "alice").orElseThrow();
        MemberRow.KeyRow key =
                new MemberRow.KeyRow(1, "B".repeat(42) + "A", "x", stage.world.ring.activeTerm(), null, 0);
        stage.rows()
                .members()
                .update(good, new MemberRow(World.TENANT, "alice", 1, key, null, good.rowVersion(), Ids.id(), 0));
    }

    private void repair() {
        MemberRow bad = stage.rows().members().find(World.TENANT, "alice").orElseThrow();
        stage.rows()
                .members()
                .update(bad, new MemberRow(World.TENANT, "alice", 0, null, null, bad.rowVersion(), Ids.id(), 0));
    }

    @Test
    void nothingIsSentThatCouldNotBeSealed() {
        tamper();
        stage.after(Stage.DUE);
        stage.world.bulla.maintenance().refreshDue(1);
        assertThat(stage.refreshes()).isZero();
        assertThat(stage.row().claim().by()).isEmpty();

        repair();
        stage.after(Stage.ENDED);
        assertThat(stage.world.bulla.maintenance().refreshDue(1).refreshed()).isEqualTo(1);
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void answerWaitsForTheKeyRowToBeRepaired() {
        Bulla node = meanwhile(fresh -> {
            tamper();
            return fresh;
        });
        stage.after(Stage.ENDED);
        int before = stage.watched.counts().getOrDefault("members.findOrCreate", 0);
        Future<Integer> swept = Crowd.one(() -> node.maintenance().refreshDue(1).refreshed());
        Crowd.until(() -> stage.watched.counts().getOrDefault("members.findOrCreate", 0) > before + 2);
        assertThat(swept).isNotDone();
        repair();
        assertThat(Crowd.get(swept)).isEqualTo(1);
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void answerOutlastsWhateverAPoolThrows() {
        stage.after(Stage.ENDED);
        stage.watched.breaks("accounts.store", () -> new IllegalStateException("a pool of the host"));
        assertThat(stage.call()).isEqualTo(200);
        stage.after(Stage.ENDED);
        stage.watched.breaks(
                "accounts.store", () -> new StoreException(StoreException.Kind.SETUP, "a privilege was taken away"));
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.redemptions()).isEqualTo(1);
    }

    @Test
    void closingWaitsForTheDatabaseToTakeTheAnswer() {
        FaultyStore faulty = new FaultyStore(stage.rows());
        Bulla node = stage.node(faulty.store(), stage.world.provider("demo"));
        faulty.before("accounts.store", 12);
        stage.after(Stage.DUE);
        assertThat(Stage.call(Stage.alice(node))).isEqualTo(200);
        Crowd.until(() -> stage.refreshes() == 1);
        node.close();
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(stage.row().claim().intent()).isNull();
    }

    @Test
    void answerForADeletedConnectionIsRevoked() {
        List<String> fresh = new ArrayList<>();
        Bulla node = meanwhile(tokens -> {
            fresh.add(tokens.main().accessToken().reveal());
            stage.world.owner().deleteWithAccounts("notes");
            return tokens;
        });
        stage.after(Stage.DUE);
        assertThat(node.maintenance().refreshDue(1).failed()).isEqualTo(1);
        assertThat(revoked).containsAll(fresh).hasSize(1);
    }

    @Test
    void decisionMadeMeanwhileOutlastsAFailedRefresh() {
        for (ProviderException.Kind kind : ProviderException.Kind.values()) {
            Bulla node = meanwhile(fresh -> {
                AccountRow row = stage.row();
                stage.rows()
                        .accounts()
                        .mark(World.TENANT, row.id(), row.rowVersion(), "RECONNECT_REQUIRED", "app_retired");
                throw new ProviderException(kind, "odd", 503, null, "odd");
            });
            stage.after(Stage.DUE);
            assertThat(node.maintenance().refreshDue(1).failed()).as("%s", kind).isEqualTo(1);
            assertThat(stage.account().status()).as("%s", kind).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
            assertThat(stage.account().reason()).as("%s", kind).contains(Reason.APP_RETIRED);
            assertThat(stage.row().refreshAt()).as("%s", kind).isNull();
            assertThat(stage.row().claim().until()).as("%s", kind).isZero();
            stage.world.connect("alice", "notes", "anna");
        }
    }
}
