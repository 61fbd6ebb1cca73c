package dev.bulla.testkit.store;

import dev.bulla.store.AuditRow;
import dev.bulla.store.AuditStore;
import dev.bulla.store.Limits;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

final class InMemoryAudits implements AuditStore {
    private final Tables tables;

    InMemoryAudits(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void insert(Collection<AuditRow> rows) {
        if (rows.size() > BATCH) {
            throw new IllegalArgumentException("At most " + BATCH + " rows are inserted at once.");
        }
        rows.forEach(Limits::check);
        tables.alone(() -> {
            rows.forEach(row -> tables.audits.putIfAbsent(row.id(), row));
            return rows.size();
        });
    }

    @Override
    public List<AuditRow> find(String tenant, Search search) {
        return tables.alone(() -> {
            Map<String, AuditRow> ordered = search.newestFirst() ? tables.audits.descendingMap() : tables.audits;
            return ordered.values().stream()
                    .filter(row -> row.tenant().equals(tenant) && fits(row, search))
                    .skip(search.offset())
                    .limit(search.limit())
                    .toList();
        });
    }

    private static boolean fits(AuditRow row, Search search) {
        return row.id().compareTo(search.from()) >= 0
                && (search.until().isEmpty() || row.id().compareTo(search.until()) < 0)
                && row.tool().toLowerCase(Locale.ROOT).contains(search.tool())
                && (search.connection().isEmpty() || search.connection().equals(row.connection()))
                && (search.member().isEmpty() || search.member().equals(row.member()))
                && (search.policy().isEmpty() || row.policies().contains("|" + search.policy() + "|"))
                && (search.session().isEmpty() || search.session().equals(row.session()))
                && (search.grant().isEmpty() || search.grant().equals(row.grant()))
                && (search.allowed() == null || search.allowed() == row.allowed())
                && (search.use() == null || search.use() == row.use());
    }
}
