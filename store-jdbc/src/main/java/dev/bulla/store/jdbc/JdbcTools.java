package dev.bulla.store.jdbc;

import dev.bulla.store.Limits;
import dev.bulla.store.ToolRow;
import dev.bulla.store.ToolStore;
import dev.bulla.store.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class JdbcTools implements ToolStore {
    private final Sql sql;
    private final JdbcConnections connections;
    private final Text list;
    private final Text insert;
    private final Text delete;

    JdbcTools(Sql sql, JdbcConnections connections) {
        this.sql = sql;
        this.connections = connections;
        list = sql.text("""
                select tenant, connection_id, purpose, name, body from bulla_tool
                where tenant = ? and connection_id = ? order by purpose, name""");
        insert = sql.text("insert into bulla_tool (tenant, connection_id, purpose, name, body) values (?, ?, ?, ?, ?)");
        delete = sql.text("delete from bulla_tool where tenant = ? and connection_id = ?");
    }

    @Override
    public List<ToolRow> ofConnection(String tenant, String connectionId) {
        return sql.read(tx -> tx.all(list, JdbcTools::row, tenant, connectionId));
    }

    @Override
    public Write replace(String tenant, String connectionId, long rulesNo, List<ToolRow> rows) {
        rows.forEach(row -> Limits.check(row, tenant, connectionId));
        return sql.write((tx, again) -> {
            if (!connections.nextRules(tx, tenant, connectionId, rulesNo)) {
                boolean done = again
                        && new HashSet<>(tx.all(list, JdbcTools::row, tenant, connectionId))
                                .equals(new HashSet<>(rows));
                return tx.undo(done ? Write.DONE : Write.MOVED);
            }
            tx.update(delete, tenant, connectionId);
            List<@Nullable Object[]> values = new ArrayList<>();
            for (ToolRow row : rows) {
                values.add(new @Nullable Object[] {tenant, connectionId, row.purpose(), row.name(), row.body()});
            }
            if (!values.isEmpty()) {
                tx.updateAll(insert, values);
            }
            return Write.DONE;
        });
    }

    private static ToolRow row(Row row) throws SQLException {
        return new ToolRow(row.text(), row.text(), row.text(), row.text(), row.textOrNull());
    }
}
