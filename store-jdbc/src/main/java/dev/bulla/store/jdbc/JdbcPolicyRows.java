package dev.bulla.store.jdbc;

import dev.bulla.store.PolicyRow;
import java.sql.SQLException;
import java.util.List;

/** The policies beside the connections. */
final class JdbcPolicyRows {
    private final Text any;
    private final Text retire;
    private final Text insert;
    private final Text delete;

    JdbcPolicyRows(Sql sql) {
        any = sql.text("select count(*) from bulla_policy where tenant = ? and connection_id = ?");
        retire = sql.text(
                "update bulla_policy set latest = false where tenant = ? and connection_id = ? and id = ? and latest = true");
        insert = sql.text("""
                insert into bulla_policy (tenant, connection_id, set_name, id, version, latest, body, author, attempt,
                    created_at)
                values (?, ?, ?, ?, ?, true, ?, ?, ?, :now)""");
        delete = sql.text("delete from bulla_policy where tenant = ? and connection_id = ?");
    }

    /** Whether the connection ever had one, deleted ones too. */
    boolean any(Tx tx, String tenant, String connectionId) throws SQLException {
        return tx.one(any, Row::number, tenant, connectionId).orElse(0L) > 0;
    }

    /** The row of the connection is locked by the caller. */
    void add(Tx tx, PolicyRow row, long version) throws SQLException {
        tx.update(retire, row.tenant(), row.connectionId(), row.id());
        tx.update(
                insert,
                row.tenant(),
                row.connectionId(),
                row.set(),
                row.id(),
                version,
                row.body(),
                row.author(),
                row.attempt());
    }

    void addAll(Tx tx, List<PolicyRow> rows, long version) throws SQLException {
        for (PolicyRow row : rows) {
            add(tx, row, version);
        }
    }

    void deleteOf(Tx tx, String tenant, String connectionId) throws SQLException {
        tx.update(delete, tenant, connectionId);
    }
}
