package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.newApp;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.ConnectionStore;
import dev.bulla.store.FlowRow;
import dev.bulla.store.Write;
import org.junit.jupiter.api.Test;

interface ConnectionDeletePromises extends OnBench {
    private ConnectionStore connections() {
        return bench().store.connections();
    }

    @Test
    default void deleteIsRefusedWhileAnAccountIsSealed() {
        ConnectionRow row = bench().connection();
        AccountRow live = bench().account(bench().member(), row.id());
        AccountRow gone = bench().account(bench().member(), row.id());
        bench().accounts.clear(gone.tenant(), gone.id(), gone.sealNo(), id(), "DISCONNECTED", null);

        assertThat(connections().delete(row.tenant(), row.id(), row.rowVersion(), false))
                .isEqualTo(Write.MOVED);

        assertThat(connections().find(row.tenant(), row.id())).contains(row);
        assertThat(bench().accounts.find(live.tenant(), live.id())).isPresent();
        assertThat(bench().accounts.find(gone.tenant(), gone.id())).isPresent();
    }

    @Test
    default void clearedAccountsDoNotHoldADelete() {
        ConnectionRow row = bench().connection();
        AccountRow gone = bench().account(bench().member(), row.id());
        bench().accounts.clear(gone.tenant(), gone.id(), gone.sealNo(), id(), "DISCONNECTED", null);

        assertThat(connections().delete(row.tenant(), row.id(), row.rowVersion(), false))
                .isEqualTo(Write.DONE);

        assertThat(connections().find(row.tenant(), row.id())).isEmpty();
        assertThat(bench().accounts.find(gone.tenant(), gone.id())).isEmpty();
    }

    @Test
    default void deleteTakesAccountsAppsAndFlows() {
        ConnectionRow first = bench().connection();
        AppRow app = newApp(first, "client");
        connections().update(changed(first, true, true), app);
        ConnectionRow row = connections().find(first.tenant(), first.id()).orElseThrow();
        String member = bench().member();
        AccountRow account = bench().account(member, row.id());
        AccountRow elsewhere = bench().account(member, bench().connection().id());
        FlowRow flow =
                new FlowRow(id(), row.tenant(), member, "connect", row.id(), "browser", sealed("snapshot"), 0, 0);
        bench().store.flows().insert(flow, 60_000, 5);

        assertThat(connections().delete(row.tenant(), row.id(), row.rowVersion(), true))
                .isEqualTo(Write.DONE);

        assertThat(connections().find(row.tenant(), row.id())).isEmpty();
        assertThat(connections().findApp(row.tenant(), app.id())).isEmpty();
        assertThat(bench().store.flows().peek(row.tenant(), flow.id())).isEmpty();
        assertThat(bench().accounts.find(row.tenant(), account.id())).isEmpty();
        assertThat(bench().accounts.glance(row.tenant(), account.id())).isEmpty();
        assertThat(bench().accounts.ofMember(row.tenant(), member))
                .extracting(AccountRow::id)
                .containsExactly(elsewhere.id());
    }

    @Test
    default void staleDeleteIsRefused() {
        ConnectionRow row = bench().connection();
        connections().update(changed(row, false, true), null);
        assertThat(connections().delete(row.tenant(), row.id(), row.rowVersion(), true))
                .isEqualTo(Write.MOVED);
        assertThat(connections().find(row.tenant(), row.id())).isPresent();
    }

    @Test
    default void insertOfAccountAfterDeleteIsRefused() {
        ConnectionRow row = bench().connection();
        String member = bench().member();
        connections().delete(row.tenant(), row.id(), row.rowVersion(), true);
        AccountRow late = newAccount(row.tenant(), member, row.id(), "");

        assertThat(bench().accounts.insert(late, 0)).isEqualTo(Write.MOVED);
        assertThat(bench().accounts.find(late.tenant(), late.id())).isEmpty();
    }

    @Test
    default void connectingDoesNotDisturbAnOwnersChange() {
        ConnectionRow row = bench().connection();
        bench().account(bench().member(), row.id());
        assertThat(connections().update(changed(row, false, true), null)).isEqualTo(Write.DONE);
    }
}
