package dev.bulla.store.jdbc;

import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.ConnectionStore;
import dev.bulla.store.Limits;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.Write;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcConnections implements ConnectionStore {
    private static final String COLUMNS = """
            select id, tenant, name, provider, mode, enabled, complete, required, revision, app_id, scopes, settings,
                sealed, host_term, seal_no, row_version, attempt, rules_no,
                created_at, changed_at
            from bulla_connection where tenant = ?""";

    private final Sql sql;
    private final JdbcApps apps;
    private final JdbcPolicyRows policies;
    private final Text find;
    private final Text findByName;
    private final Text list;
    private final Text insert;
    private final Text update;
    private final Text hold;
    private final Text rules;
    private final Text nextRules;
    private final Text lock;
    private final Text deleteAccounts;
    private final Text deleteEmptyAccounts;
    private final Text sealedAccounts;
    private final Text deleteFlows;
    private final Text deleteEntities;
    private final Text deleteTools;
    private final Text deleteSeen;
    private final Text deleteWebhook;
    private final Text delete;

    JdbcConnections(Sql sql) {
        this.sql = sql;
        apps = new JdbcApps(sql);
        policies = new JdbcPolicyRows(sql);
        find = sql.text(COLUMNS + " and id = ?");
        findByName = sql.text(COLUMNS + " and name = ?");
        list = sql.text(COLUMNS + " order by name");
        insert = sql.text("""
                insert into bulla_connection (id, tenant, name, provider, mode, enabled, complete, required, revision,
                    app_id, scopes, settings, sealed, host_term, seal_no, row_version, attempt, connects,
                    rules_no, created_at, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0, 0, :now, :now)""");
        update = sql.text("""
                update bulla_connection set mode = ?, enabled = ?, complete = ?, required = ?, revision = ?, app_id = ?,
                    scopes = ?, settings = ?, sealed = ?, host_term = ?, seal_no = ?,
                    row_version = row_version + 1, attempt = ?, changed_at = :now
                where tenant = ? and id = ? and row_version = ?""");
        hold = sql.text("update bulla_connection set connects = connects + 1 where tenant = ? and id = ?");
        rules = sql.text("select rules_no from bulla_connection where tenant = ? and id = ?");
        nextRules = sql.text("""
                update bulla_connection set rules_no = rules_no + 1
                where tenant = ? and id = ? and rules_no = ?""");
        lock = sql.text("""
                update bulla_connection set row_version = row_version + 1
                where tenant = ? and id = ? and row_version = ?""");
        deleteAccounts = sql.text("delete from bulla_account where tenant = ? and connection_id = ?");
        deleteEmptyAccounts =
                sql.text("delete from bulla_account where tenant = ? and connection_id = ? and host_term is null");
        sealedAccounts = sql.text("select count(*) from bulla_account where tenant = ? and connection_id = ?");
        deleteFlows = sql.text("delete from bulla_flow where tenant = ? and connection_id = ?");
        deleteEntities = sql.text("delete from bulla_entity where tenant = ? and connection_id = ?");
        deleteTools = sql.text("delete from bulla_tool where tenant = ? and connection_id = ?");
        deleteSeen = sql.text("""
                delete from bulla_webhook_seen where webhook_id in
                    (select id from bulla_webhook where tenant = ? and connection_id = ?)""");
        deleteWebhook = sql.text("delete from bulla_webhook where tenant = ? and connection_id = ?");
        delete = sql.text("delete from bulla_connection where tenant = ? and id = ?");
    }

    /**
     * Keeps the connection from being deleted until the end of the transaction, without moving its version; false where it is gone.
     */
    boolean hold(Tx tx, String tenant, String id) throws SQLException {
        return tx.update(hold, tenant, id) == 1;
    }

    /** Counts a change of policies or tools, where none was made since; false where one was, or the connection is gone. */
    boolean nextRules(Tx tx, String tenant, String id, long rulesNo) throws SQLException {
        return tx.update(nextRules, tenant, id, rulesNo) == 1;
    }

    @Override
    public Optional<ConnectionRow> find(String tenant, String id) {
        return sql.read(tx -> tx.one(find, JdbcConnections::row, tenant, id));
    }

    @Override
    public Optional<ConnectionRow> findByName(String tenant, String name) {
        return sql.read(tx -> tx.one(findByName, JdbcConnections::row, tenant, name));
    }

    @Override
    public List<ConnectionRow> list(String tenant) {
        return sql.read(tx -> tx.all(list, JdbcConnections::row, tenant));
    }

    @Override
    public Optional<AppRow> findApp(String tenant, String appId) {
        return apps.find(tenant, appId);
    }

    @Override
    public List<AppRow> apps(String tenant, String connectionId) {
        return apps.of(tenant, connectionId);
    }

    @Override
    public Write insert(ConnectionRow row, List<PolicyRow> seeds) {
        Limits.check(row);
        seeds.forEach(Limits::check);
        return sql.write((tx, again) -> {
            Optional<ConnectionRow> same = tx.one(find, JdbcConnections::row, row.tenant(), row.id());
            if (same.isPresent()) {
                return tx.undo(same.get().attempt().equals(row.attempt()) ? Write.DONE : Write.MOVED);
            }
            if (tx.one(findByName, JdbcConnections::row, row.tenant(), row.name())
                    .isPresent()) {
                return tx.undo(Write.MOVED);
            }
            tx.update(
                    insert,
                    row.id(),
                    row.tenant(),
                    row.name(),
                    row.provider(),
                    row.mode(),
                    row.enabled(),
                    row.complete(),
                    row.required(),
                    row.revision(),
                    row.appId(),
                    row.scopes(),
                    row.settings(),
                    Tx.bytes(row.sealed()),
                    Tx.term(row.sealed()),
                    row.sealNo(),
                    row.attempt());
            seed(tx, row, seeds);
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
        return sql.write((tx, again) -> {
            int updated = tx.update(
                    update,
                    row.mode(),
                    row.enabled(),
                    row.complete(),
                    row.required(),
                    row.revision(),
                    row.appId(),
                    row.scopes(),
                    row.settings(),
                    Tx.bytes(row.sealed()),
                    Tx.term(row.sealed()),
                    row.sealNo(),
                    row.attempt(),
                    row.tenant(),
                    row.id(),
                    row.rowVersion());
            if (updated == 0) {
                boolean done = tx.one(find, JdbcConnections::row, row.tenant(), row.id())
                        .filter(there -> there.rowVersion() == row.rowVersion() + 1
                                && there.attempt().equals(row.attempt()))
                        .isPresent();
                return tx.undo(done ? Write.DONE : Write.MOVED);
            }
            if (app != null && !apps.put(tx, row.tenant(), row.id(), app)) {
                return tx.undo(Write.MOVED);
            }
            seed(tx, row, seeds);
            return Write.DONE;
        });
    }

    private void seed(Tx tx, ConnectionRow row, List<PolicyRow> seeds) throws SQLException {
        if (seeds.isEmpty() || policies.any(tx, row.tenant(), row.id())) {
            return;
        }
        long before = tx.one(rules, Row::number, row.tenant(), row.id()).orElse(0L);
        nextRules(tx, row.tenant(), row.id(), before);
        policies.addAll(tx, seeds, before + 1);
    }

    @Override
    public Write delete(String tenant, String id, long rowVersion, boolean evenWithAccounts) {
        return sql.write((tx, again) -> {
            if (tx.update(lock, tenant, id, rowVersion) == 0) {
                boolean gone = tx.one(find, JdbcConnections::row, tenant, id).isEmpty();
                return tx.undo(again && gone ? Write.DONE : Write.MOVED);
            }
            tx.update(evenWithAccounts ? deleteAccounts : deleteEmptyAccounts, tenant, id);
            if (tx.one(sealedAccounts, Row::number, tenant, id).orElse(0L) > 0) {
                return tx.undo(Write.MOVED);
            }
            tx.update(deleteFlows, tenant, id);
            tx.update(deleteSeen, tenant, id);
            tx.update(deleteWebhook, tenant, id);
            tx.update(deleteEntities, tenant, id);
            tx.update(deleteTools, tenant, id);
            apps.deleteOf(tx, tenant, id);
            policies.deleteOf(tx, tenant, id);
            tx.update(delete, tenant, id);
            return Write.DONE;
        });
    }

    private static ConnectionRow row(Row row) throws SQLException {
        return new ConnectionRow(
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.flag(),
                row.flag(),
                row.flag(),
                row.number(),
                row.textOrNull(),
                row.text(),
                row.text(),
                row.sealedOrNull(),
                row.number(),
                row.number(),
                row.text(),
                row.number(),
                row.number(),
                row.number());
    }
}
