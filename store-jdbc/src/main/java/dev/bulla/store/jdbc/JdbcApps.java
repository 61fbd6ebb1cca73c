package dev.bulla.store.jdbc;

import dev.bulla.store.AppRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The app registrations beside the connections. */
final class JdbcApps {
    private static final String COLUMNS =
            "select id, tenant, connection_id, client_id, sealed, host_term, seal_no, retired, created_at from bulla_app";

    private final Sql sql;
    private final Text find;
    private final Text list;
    private final Text taken;
    private final Text insert;
    private final Text replace;
    private final Text delete;

    JdbcApps(Sql sql) {
        this.sql = sql;
        find = sql.text(COLUMNS + " where tenant = ? and id = ?");
        list = sql.text(COLUMNS + " where tenant = ? and connection_id = ? order by created_at, id");
        taken = sql.text("select id from bulla_app where id = ?");
        insert = sql.text("""
                insert into bulla_app (id, tenant, connection_id, client_id, sealed, host_term, seal_no, retired, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, :now)""");
        replace = sql.text("""
                update bulla_app set client_id = ?, sealed = ?, host_term = ?, seal_no = ?, retired = ?
                where tenant = ? and connection_id = ? and id = ?""");
        delete = sql.text("delete from bulla_app where tenant = ? and connection_id = ?");
    }

    Optional<AppRow> find(String tenant, String id) {
        return sql.read(tx -> tx.one(find, JdbcApps::row, tenant, id));
    }

    List<AppRow> of(String tenant, String connectionId) {
        return sql.read(tx -> tx.all(list, JdbcApps::row, tenant, connectionId));
    }

    /** Inserts or replaces; false where the id belongs to another connection. The row of the connection is locked by the caller. */
    boolean put(Tx tx, String tenant, String connectionId, AppRow app) throws SQLException {
        if (tx.one(taken, Row::text, app.id()).isEmpty()) {
            tx.update(
                    insert,
                    app.id(),
                    tenant,
                    connectionId,
                    app.clientId(),
                    Tx.bytes(app.sealed()),
                    Tx.term(app.sealed()),
                    app.sealNo(),
                    app.retired());
            return true;
        }
        // Where a driver counts changed rows only, an equal row counts as none: so the owner of the id is asked again.
        tx.update(
                replace,
                app.clientId(),
                Tx.bytes(app.sealed()),
                Tx.term(app.sealed()),
                app.sealNo(),
                app.retired(),
                tenant,
                connectionId,
                app.id());
        return tx.one(find, JdbcApps::row, tenant, app.id())
                .filter(there -> there.connectionId().equals(connectionId))
                .isPresent();
    }

    void deleteOf(Tx tx, String tenant, String connectionId) throws SQLException {
        tx.update(delete, tenant, connectionId);
    }

    private static AppRow row(Row row) throws SQLException {
        return new AppRow(
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.sealedOrNull(),
                row.number(),
                row.flag(),
                row.number());
    }
}
