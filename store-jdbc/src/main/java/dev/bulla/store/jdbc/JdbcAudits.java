package dev.bulla.store.jdbc;

import dev.bulla.store.AuditRow;
import dev.bulla.store.AuditStore;
import dev.bulla.store.Limits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

final class JdbcAudits implements AuditStore {
    private static final String COLUMNS =
            "id, made_at, tenant, member, connection_name, tool, session_id, grant_id, action, is_use, allowed, policies, details";

    private final Sql sql;
    private final Text insert;

    JdbcAudits(Sql sql) {
        this.sql = sql;
        insert = sql.text("insert into bulla_audit (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /** Looks for ids that are there only where an earlier run has failed: that is when there may be some. */
    @Override
    public void insert(Collection<AuditRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() > BATCH) {
            throw new IllegalArgumentException("At most " + BATCH + " rows are inserted at once.");
        }
        rows.forEach(Limits::check);
        AtomicBoolean tried = new AtomicBoolean();
        sql.write((tx, again) -> {
            Set<String> there = tried.getAndSet(true) ? there(tx, rows) : Set.of();
            List<@Nullable Object[]> fresh = rows.stream()
                    .filter(row -> !there.contains(row.id()))
                    .map(JdbcAudits::values)
                    .toList();
            if (!fresh.isEmpty()) {
                tx.updateAll(insert, fresh);
            }
            return fresh.size();
        });
    }

    private Set<String> there(Tx tx, Collection<AuditRow> rows) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(rows.size(), "?"));
        Text known = sql.text("select id from bulla_audit where id in (" + marks + ")");
        return new HashSet<>(
                tx.all(known, Row::text, rows.stream().map(AuditRow::id).toArray()));
    }

    private static @Nullable Object[] values(AuditRow row) {
        return new @Nullable Object[] {
            row.id(),
            row.madeAt(),
            row.tenant(),
            row.member(),
            row.connection(),
            row.tool(),
            row.session(),
            row.grant(),
            row.action(),
            row.use(),
            row.allowed(),
            row.policies(),
            row.details()
        };
    }

    @Override
    public List<AuditRow> find(String tenant, Search search) {
        List<Object> values = new ArrayList<>(List.of(tenant));
        StringBuilder where = new StringBuilder("tenant = ?");
        add(where, values, " and id >= ?", search.from());
        add(where, values, " and id < ?", search.until());
        add(where, values, " and member = ?", search.member());
        add(where, values, " and connection_name = ?", search.connection());
        add(where, values, " and position(? in lower(tool)) > 0", search.tool());
        add(
                where,
                values,
                " and position(? in policies) > 0",
                search.policy().isEmpty() ? "" : "|" + search.policy() + "|");
        add(where, values, " and session_id = ?", search.session());
        add(where, values, " and grant_id = ?", search.grant());
        add(where, values, " and allowed = ?", search.allowed());
        add(where, values, " and is_use = ?", search.use());
        values.add(search.limit());
        values.add(search.offset());
        Text text = sql.text("select %s from bulla_audit where %s order by id %s limit ? offset ?"
                .formatted(COLUMNS, where, search.newestFirst() ? "desc" : "asc"));
        return sql.read(tx -> tx.all(text, JdbcAudits::row, values.toArray()));
    }

    private static void add(StringBuilder where, List<Object> values, String condition, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            where.append(condition);
            values.add(value);
        }
    }

    private static AuditRow row(Row row) throws SQLException {
        return new AuditRow(
                row.text(),
                row.number(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.flag(),
                row.flag(),
                row.text(),
                row.text());
    }
}
