package dev.bulla.store.jdbc;

import dev.bulla.store.Limits;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.PolicyStore;
import dev.bulla.store.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcPolicies implements PolicyStore {
    private static final String COLUMNS =
            "p.tenant, p.connection_id, p.set_name, p.id, p.version, p.body, p.author, p.attempt, p.created_at";

    private final Sql sql;
    private final JdbcConnections connections;
    private final JdbcPolicyRows rows;
    private final Text rules;
    private final Text versions;
    private final Text history;

    JdbcPolicies(Sql sql, JdbcConnections connections) {
        this.sql = sql;
        this.connections = connections;
        rows = new JdbcPolicyRows(sql);
        // one statement sees one moment
        rules = sql.text("select c.rules_no, " + COLUMNS + """
                 from bulla_connection c left join bulla_policy p
                    on p.connection_id = c.id and p.tenant = c.tenant and p.latest = true and p.body is not null
                where c.tenant = ? and c.id = ? order by p.id""");
        String all = "select " + COLUMNS + " from bulla_policy p where p.tenant = ? and p.connection_id = ?";
        versions = sql.text(all + " and p.id = ? order by p.version desc");
        history = sql.text(all + " order by p.version desc, p.id limit ?");
    }

    /** Whatever a reading of the rules answers: the number, and one policy or none. */
    private record Line(long rulesNo, @Nullable PolicyRow policy) {}

    @Override
    public Optional<Rules> rules(String tenant, String connectionId) {
        List<Line> lines = sql.read(tx -> tx.all(rules, JdbcPolicies::line, tenant, connectionId));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<PolicyRow> policies = new ArrayList<>();
        for (Line line : lines) {
            PolicyRow policy = line.policy();
            if (policy != null) {
                policies.add(policy);
            }
        }
        return Optional.of(new Rules(lines.get(0).rulesNo(), policies));
    }

    @Override
    public List<PolicyRow> versions(String tenant, String connectionId, String id) {
        return sql.read(tx -> tx.all(versions, JdbcPolicies::row, tenant, connectionId, id));
    }

    @Override
    public List<PolicyRow> history(String tenant, String connectionId, int limit) {
        return sql.read(tx -> tx.all(history, JdbcPolicies::row, tenant, connectionId, limit));
    }

    @Override
    public Write put(PolicyRow row, long rulesNo) {
        Limits.check(row);
        return sql.write((tx, again) -> {
            if (!connections.nextRules(tx, row.tenant(), row.connectionId(), rulesNo)) {
                boolean done = tx.all(versions, JdbcPolicies::row, row.tenant(), row.connectionId(), row.id()).stream()
                        .anyMatch(there -> there.version() == rulesNo + 1
                                && there.attempt().equals(row.attempt()));
                return tx.undo(done ? Write.DONE : Write.MOVED);
            }
            rows.add(tx, row, rulesNo + 1);
            return Write.DONE;
        });
    }

    private static Line line(Row row) throws SQLException {
        long rulesNo = row.number();
        String tenant = row.textOrNull();
        return new Line(rulesNo, tenant == null ? null : row(tenant, row));
    }

    private static PolicyRow row(Row row) throws SQLException {
        return row(row.text(), row);
    }

    private static PolicyRow row(String tenant, Row row) throws SQLException {
        return new PolicyRow(
                tenant,
                row.text(),
                row.text(),
                row.text(),
                row.number(),
                row.textOrNull(),
                row.text(),
                row.text(),
                row.number());
    }
}
