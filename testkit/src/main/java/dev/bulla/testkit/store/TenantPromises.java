package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.answer;
import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.newAccount;
import static dev.bulla.testkit.store.Bench.newApp;
import static dev.bulla.testkit.store.Bench.reconnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.AccountStore.Used;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore.Take.Outcome;
import dev.bulla.store.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names are compared byte by byte, and no tenant reaches the rows of another. */
interface TenantPromises extends OnBench {
    private List<String> lookalikes() {
        String stem = bench().tenant;
        return List.of(
                stem + "acme", stem + "ACME", stem + "acme ", stem + "ácme", stem + " acme", stem + "a\u0301cme");
    }

    @Test
    default void lookalikeTenantsAreDifferent() {
        for (String tenant : lookalikes()) {
            bench().connection(tenant, "github");
        }
        for (String tenant : lookalikes()) {
            assertThat(bench().store.connections().list(tenant))
                    .singleElement()
                    .extracting(ConnectionRow::tenant)
                    .isEqualTo(tenant);
            assertThat(bench().store.connections().findByName(tenant, "github"))
                    .get()
                    .extracting(ConnectionRow::tenant)
                    .isEqualTo(tenant);
        }
    }

    @Test
    default void lookalikeNamesAreDifferent() {
        for (String name : lookalikes()) {
            bench().connection(bench().tenant, name);
        }
        for (String name : lookalikes()) {
            assertThat(bench().store.connections().findByName(bench().tenant, name))
                    .get()
                    .extracting(ConnectionRow::name)
                    .isEqualTo(name);
        }
    }

    @Test
    default void lookalikeMembersAndLabelsAreDifferent() {
        String connection = bench().connection().id();
        for (String name : lookalikes()) {
            bench().store.members().findOrCreate(bench().tenant, name);
            bench().inserted(newAccount(bench().tenant, name, connection, "x"));
            bench().inserted(newAccount(bench().tenant, lookalikes().get(0), connection, name));
        }
        for (String name : lookalikes()) {
            assertThat(bench().store
                            .members()
                            .find(bench().tenant, name)
                            .orElseThrow()
                            .member())
                    .isEqualTo(name);
            assertThat(bench().accounts
                            .find(bench().tenant, name, connection, "x")
                            .orElseThrow()
                            .member())
                    .isEqualTo(name);
            assertThat(bench().accounts
                            .find(bench().tenant, lookalikes().get(0), connection, name)
                            .orElseThrow()
                            .label())
                    .isEqualTo(name);
        }
    }

    @Test
    default void findersOfAnotherTenantFindNothing() {
        AccountRow row = bench().account();
        ConnectionRow connection = bench().store
                .connections()
                .find(row.tenant(), row.connectionId())
                .orElseThrow();
        AppRow app = newApp(connection, "client");
        bench().store.connections().update(changed(connection, true, true), app);
        FlowRow flow = bench().flow(row.member());
        bench().store.flows().insert(flow, 60_000, 5);

        for (String foreign : List.of(row.tenant().toUpperCase(java.util.Locale.ROOT), row.tenant() + " ", "x")) {
            assertThat(bench().store.connections().find(foreign, connection.id()))
                    .isEmpty();
            assertThat(bench().store.connections().findByName(foreign, connection.name()))
                    .isEmpty();
            assertThat(bench().store.connections().list(foreign)).isEmpty();
            assertThat(bench().store.connections().findApp(foreign, app.id())).isEmpty();
            assertThat(bench().store.connections().apps(foreign, connection.id()))
                    .isEmpty();
            assertThat(bench().store.members().find(foreign, row.member())).isEmpty();
            assertThat(bench().accounts.find(foreign, row.id())).isEmpty();
            assertThat(bench().accounts.find(foreign, row.member(), row.connectionId(), row.label()))
                    .isEmpty();
            assertThat(bench().accounts.ofMember(foreign, row.member())).isEmpty();
            assertThat(bench().accounts.ofConnection(foreign, row.connectionId()))
                    .isEmpty();
            assertThat(bench().accounts.sharing(foreign, row.appId(), String.valueOf(row.subject())))
                    .isEmpty();
            assertThat(bench().accounts.glance(foreign, row.id())).isEmpty();
            assertThat(bench().store.flows().peek(foreign, flow.id())).isEmpty();
        }
    }

    @Test
    default void writersOfAnotherTenantChangeNothing() {
        AccountRow row = bench().account();
        ConnectionRow connection = bench().store
                .connections()
                .find(row.tenant(), row.connectionId())
                .orElseThrow();
        FlowRow flow = bench().flow(row.member());
        bench().store.flows().insert(flow, 60_000, 5);
        String foreign = row.tenant() + " ";
        bench().store.members().findOrCreate(foreign, row.member());
        SealedWrite write = answer(row);

        assertThat(bench().accounts.claim(foreign, new Claimed(row.id(), 1, ""), "by", 60_000, "hash"))
                .isFalse();
        assertThat(bench().accounts.settle(foreign, row.id(), 1, "", row.rowVersion(), "X", null, null, false))
                .isFalse();
        assertThat(bench().accounts.postpone(foreign, row.id(), row.rowVersion(), 777))
                .isEqualTo(Write.MOVED);
        assertThat(bench().accounts.note(foreign, row.id(), row.rowVersion(), "{}"))
                .isEqualTo(Write.MOVED);
        assertThat(bench().accounts.mark(foreign, row.id(), row.rowVersion(), "X", null))
                .isEqualTo(Write.MOVED);
        assertThat(bench().accounts.clear(foreign, row.id(), 1, id(), "X", null))
                .isEqualTo(Write.MOVED);
        assertThat(bench().accounts
                        .store(
                                new SealedWrite(
                                        foreign,
                                        row.member(),
                                        row.id(),
                                        id(),
                                        "",
                                        write.sealed(),
                                        2,
                                        0,
                                        "X",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        false),
                                0))
                .isEqualTo(Write.MOVED);
        AccountRow next = reconnected(row);
        assertThat(bench().accounts
                        .replace(
                                new AccountRow(
                                        row.id(),
                                        foreign,
                                        row.member(),
                                        row.connectionId(),
                                        "",
                                        "",
                                        "X",
                                        null,
                                        null,
                                        null,
                                        "",
                                        "{}",
                                        next.sealed(),
                                        2,
                                        0,
                                        next.claim(),
                                        null,
                                        null,
                                        null,
                                        null,
                                        0,
                                        id(),
                                        0,
                                        0,
                                        0,
                                        0),
                                0))
                .isEqualTo(Write.MOVED);
        assertThat(bench().accounts.insert(newAccount(foreign, row.member(), row.connectionId(), "new"), 0))
                .isEqualTo(Write.MOVED);
        bench().accounts.touch(List.of(new Used(foreign, row.id(), row.now())));
        assertThat(bench().store.members().remove(foreign, row.member())).isZero();
        assertThat(bench().store.connections().delete(foreign, connection.id(), connection.rowVersion(), true))
                .isEqualTo(Write.MOVED);
        assertThat(bench().store
                        .flows()
                        .take(foreign, flow.id(), flow.kind(), id())
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);

        assertThat(bench().read(row))
                .usingRecursiveComparison()
                .ignoringFields("now")
                .isEqualTo(row);
        assertThat(bench().accounts.ofConnection(row.tenant(), row.connectionId()))
                .hasSize(1);
        assertThat(bench().store.connections().find(row.tenant(), connection.id()))
                .contains(connection);
        assertThat(bench().store
                        .flows()
                        .take(row.tenant(), flow.id(), flow.kind(), id())
                        .outcome())
                .isEqualTo(Outcome.TAKEN);
    }
}
