package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.changed;
import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.newApp;
import static dev.bulla.testkit.store.Bench.newConnection;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.ConnectionStore;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

interface ConnectionPromises extends OnBench {
    private ConnectionStore connections() {
        return bench().store.connections();
    }

    @Test
    default void openingAgainIsFine() {
        bench().store.open(StoreContract.ENVIRONMENT);
    }

    @Test
    default void anotherEnvironmentIsRefused() {
        assertThatThrownBy(() -> bench().store.open("elsewhere"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SETUP));
    }

    @Test
    default void timeAdvances() {
        long before = bench().store.now();
        bench().advance(60_000);
        assertThat(bench().store.now()).isBetween(before + 60_000, before + 120_000);
    }

    @Test
    default void insertedConnectionIsFound() {
        String tenant = bench().tenant;
        ConnectionRow row = new ConnectionRow(
                id(),
                tenant,
                "github-prod",
                "github",
                "oauth",
                true,
                false,
                true,
                7,
                "app",
                "repo user",
                "{\"base\":\"x\"}",
                sealed("webhook secret"),
                3,
                99,
                id(),
                0,
                0,
                0);
        long before = bench().store.now();

        assertThat(connections().insert(row)).isEqualTo(Write.DONE);

        ConnectionRow read = connections().find(tenant, row.id()).orElseThrow();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("rowVersion", "createdAt", "changedAt")
                .isEqualTo(row);
        assertThat(read.rowVersion()).isEqualTo(1);
        assertThat(read.createdAt()).isEqualTo(read.changedAt()).isGreaterThanOrEqualTo(before);
        assertThat(connections().findByName(tenant, "github-prod")).contains(read);
    }

    @Test
    default void takenNameIsRefused() {
        ConnectionRow first = bench().connection();
        assertThat(connections().insert(newConnection(first.tenant(), first.name())))
                .isEqualTo(Write.MOVED);
        assertThat(connections().findByName(first.tenant(), first.name())).contains(first);
    }

    @Test
    default void insertOfConnectionAgainIsDone() {
        ConnectionRow row = newConnection(bench().tenant, "again");
        connections().insert(row);
        assertThat(connections().insert(row)).isEqualTo(Write.DONE);
        assertThat(connections().list(bench().tenant)).hasSize(1);
    }

    @Test
    default void connectionsAreListedByName() {
        String tenant = bench().tenant;
        List.of("b", "a", "B", "ab").forEach(name -> bench().connection(tenant, name));
        assertThat(connections().list(tenant)).extracting(ConnectionRow::name).containsExactly("B", "a", "ab", "b");
    }

    @Test
    default void updateReplacesAllButIdentity() {
        ConnectionRow first = bench().connection();
        bench().advance(1_000);
        ConnectionRow next = new ConnectionRow(
                first.id(),
                first.tenant(),
                "other",
                "other",
                "key",
                false,
                false,
                true,
                2,
                "app",
                "gist",
                "{\"a\":1}",
                sealed("secret"),
                1,
                first.rowVersion(),
                id(),
                first.rulesNo(),
                0,
                0);

        assertThat(connections().update(next, null)).isEqualTo(Write.DONE);

        ConnectionRow read = connections().find(first.tenant(), first.id()).orElseThrow();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("name", "provider", "rowVersion", "createdAt", "changedAt")
                .isEqualTo(next);
        assertThat(read.name()).isEqualTo(first.name());
        assertThat(read.provider()).isEqualTo(first.provider());
        assertThat(read.createdAt()).isEqualTo(first.createdAt());
        assertThat(read.changedAt()).isGreaterThanOrEqualTo(first.changedAt() + 1_000);
        assertThat(read.rowVersion()).isEqualTo(first.rowVersion() + 1);
    }

    @Test
    default void staleConnectionVersionIsRefused() {
        ConnectionRow first = bench().connection();
        assertThat(connections().update(changed(first, false, true), null)).isEqualTo(Write.DONE);
        AppRow app = newApp(first, "late");

        assertThat(connections().update(changed(first, true, true), app)).isEqualTo(Write.MOVED);

        assertThat(connections().find(first.tenant(), first.id()).orElseThrow().enabled())
                .isFalse();
        assertThat(connections().findApp(first.tenant(), app.id())).isEmpty();
    }

    @Test
    default void updateOfConnectionAgainIsDone() {
        ConnectionRow first = bench().connection();
        ConnectionRow next = changed(first, false, true);
        AppRow app = newApp(first, "client");
        connections().update(next, app);

        assertThat(connections().update(next, app)).isEqualTo(Write.DONE);

        assertThat(connections().find(first.tenant(), first.id()).orElseThrow().rowVersion())
                .isEqualTo(first.rowVersion() + 1);
        assertThat(connections().apps(first.tenant(), first.id())).hasSize(1);
    }

    @Test
    default void updateOfAbsentConnectionIsRefused() {
        assertThat(connections().update(newConnection(bench().tenant, "absent"), null))
                .isEqualTo(Write.MOVED);
    }

    @Test
    default void appIsReplacedWhereItsIdExists() {
        ConnectionRow first = bench().connection();
        AppRow app = newApp(first, "client");
        connections().update(changed(first, true, true), app);
        AppRow inserted = connections().findApp(first.tenant(), app.id()).orElseThrow();
        bench().advance(1_000);
        ConnectionRow second = connections().find(first.tenant(), first.id()).orElseThrow();
        AppRow next = new AppRow(app.id(), app.tenant(), app.connectionId(), "client", null, 2, true, 0);

        assertThat(connections().update(changed(second, true, true), next)).isEqualTo(Write.DONE);

        assertThat(inserted)
                .usingRecursiveComparison()
                .ignoringFields("createdAt")
                .isEqualTo(app);
        AppRow read = connections().findApp(first.tenant(), app.id()).orElseThrow();
        assertThat(read).usingRecursiveComparison().ignoringFields("createdAt").isEqualTo(next);
        assertThat(read.createdAt()).isEqualTo(inserted.createdAt());
    }

    @Test
    default void appsAreListedOldestFirst() {
        ConnectionRow row = bench().connection();
        for (String client : List.of("z", "a", "m")) {
            ConnectionRow read = connections().find(row.tenant(), row.id()).orElseThrow();
            connections().update(changed(read, true, true), newApp(row, client));
            bench().advance(10);
        }
        assertThat(connections().apps(row.tenant(), row.id()))
                .extracting(AppRow::clientId)
                .containsExactly("z", "a", "m");
    }

    @Test
    default void appOfAnotherConnectionIsRefused() {
        ConnectionRow mine = bench().connection();
        ConnectionRow other = bench().connection();
        AppRow app = newApp(other, "theirs");
        connections().update(changed(other, true, true), app);

        assertThat(connections().update(changed(mine, false, true), app)).isEqualTo(Write.MOVED);

        assertThat(connections().find(mine.tenant(), mine.id())).contains(mine);
        assertThat(connections().apps(mine.tenant(), mine.id())).isEmpty();
    }
}
