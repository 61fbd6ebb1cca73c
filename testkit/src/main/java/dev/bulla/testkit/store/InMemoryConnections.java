package dev.bulla.testkit.store;

import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.ConnectionStore;
import dev.bulla.store.Limits;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.Write;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryConnections implements ConnectionStore {
    private final Tables tables;

    InMemoryConnections(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<ConnectionRow> find(String tenant, String id) {
        return tables.alone(() -> Optional.ofNullable(row(tenant, id)));
    }

    @Override
    public Optional<ConnectionRow> findByName(String tenant, String name) {
        return list(tenant).stream().filter(c -> c.name().equals(name)).findFirst();
    }

    @Override
    public List<ConnectionRow> list(String tenant) {
        return tables.alone(() -> tables.connections.values().stream()
                .filter(c -> c.tenant().equals(tenant))
                .sorted(Comparator.comparing(ConnectionRow::name))
                .toList());
    }

    @Override
    public Optional<AppRow> findApp(String tenant, String appId) {
        return tables.alone(() -> Optional.ofNullable(tables.apps.get(appId))
                .filter(a -> a.tenant().equals(tenant)));
    }

    @Override
    public List<AppRow> apps(String tenant, String connectionId) {
        return tables.alone(() -> tables.apps.values().stream()
                .filter(a -> a.tenant().equals(tenant) && a.connectionId().equals(connectionId))
                .sorted(Comparator.comparingLong(AppRow::createdAt).thenComparing(AppRow::id))
                .toList());
    }

    @Override
    public Write insert(ConnectionRow row, List<PolicyRow> seeds) {
        Limits.check(row);
        seeds.forEach(Limits::check);
        return tables.alone(() -> {
            for (ConnectionRow there : tables.connections.values()) {
                boolean sameName =
                        there.tenant().equals(row.tenant()) && there.name().equals(row.name());
                if (there.id().equals(row.id()) || sameName) {
                    return there.id().equals(row.id()) && there.attempt().equals(row.attempt())
                            ? Write.DONE
                            : Write.MOVED;
                }
            }
            long now = tables.now();
            tables.connections.put(row.id(), version(row, row, 1, now, now));
            InMemoryPolicies.seed(tables, row.tenant(), row.id(), seeds);
            return Write.DONE;
        });
    }

    @Override
    public Write update(ConnectionRow row, @Nullable AppRow app, List<PolicyRow> seeds) {
        Limits.check(row);
        seeds.forEach(Limits::check);
        if (app != null) {
            Limits.check(app);
        }
        return tables.alone(() -> {
            ConnectionRow there = row(row.tenant(), row.id());
            if (there == null) {
                return Write.MOVED;
            }
            if (there.rowVersion() != row.rowVersion()) {
                return there.rowVersion() == row.rowVersion() + 1
                                && there.attempt().equals(row.attempt())
                        ? Write.DONE
                        : Write.MOVED;
            }
            AppRow old = app == null ? null : tables.apps.get(app.id());
            if (old != null
                    && !(old.tenant().equals(row.tenant()) && old.connectionId().equals(row.id()))) {
                return Write.MOVED;
            }
            long now = tables.now();
            tables.connections.put(row.id(), version(there, row, row.rowVersion() + 1, there.createdAt(), now));
            if (app != null) {
                tables.apps.put(
                        app.id(),
                        new AppRow(
                                app.id(),
                                row.tenant(),
                                row.id(),
                                app.clientId(),
                                app.sealed(),
                                app.sealNo(),
                                app.retired(),
                                old == null ? now : old.createdAt()));
            }
            InMemoryPolicies.seed(tables, row.tenant(), row.id(), seeds);
            return Write.DONE;
        });
    }

    @Override
    public Write delete(String tenant, String id, long rowVersion, boolean evenWithAccounts) {
        return tables.alone(() -> {
            ConnectionRow there = row(tenant, id);
            if (there == null || there.rowVersion() != rowVersion) {
                return Write.MOVED;
            }
            boolean live =
                    tables.accounts.values().stream().anyMatch(a -> a.connectionId.equals(id) && a.sealed != null);
            if (live && !evenWithAccounts) {
                return Write.MOVED;
            }
            tables.accounts.values().removeIf(a -> a.connectionId.equals(id));
            tables.flows.values().removeIf(f -> f.row.connectionId().equals(id));
            tables.apps.values().removeIf(a -> a.connectionId().equals(id));
            tables.policies.removeIf(p -> p.connectionId().equals(id));
            tables.webhooks.values().stream()
                    .filter(w -> w.connectionId().equals(id))
                    .forEach(
                            w -> tables.seen.keySet().removeIf(key -> key.get(0).equals(w.id())));
            tables.webhooks.values().removeIf(w -> w.connectionId().equals(id));
            tables.entities.values().removeIf(e -> e.connectionId().equals(id));
            tables.tools.values().removeIf(t -> t.connectionId().equals(id));
            tables.connections.remove(id);
            return Write.DONE;
        });
    }

    /** Counts a change of policies or tools, where none was made since; false where one was, or the connection is gone. */
    static boolean nextRules(Tables tables, String tenant, String id, long rulesNo) {
        ConnectionRow row = tables.connections.get(id);
        if (row == null || !row.tenant().equals(tenant) || row.rulesNo() != rulesNo) {
            return false;
        }
        tables.connections.put(id, row.withRulesNo(rulesNo + 1));
        return true;
    }

    private @Nullable ConnectionRow row(String tenant, String id) {
        ConnectionRow row = tables.connections.get(id);
        return row != null && row.tenant().equals(tenant) ? row : null;
    }

    /** The next version of a row: identity from {@code fixed}, everything else from {@code row}. */
    private static ConnectionRow version(
            ConnectionRow fixed, ConnectionRow row, long rowVersion, long createdAt, long changedAt) {
        return new ConnectionRow(
                fixed.id(),
                fixed.tenant(),
                fixed.name(),
                fixed.provider(),
                row.mode(),
                row.enabled(),
                row.complete(),
                row.required(),
                row.revision(),
                row.appId(),
                row.scopes(),
                row.settings(),
                row.sealed(),
                row.sealNo(),
                rowVersion,
                row.attempt(),
                fixed.rulesNo(),
                createdAt,
                changedAt);
    }
}
