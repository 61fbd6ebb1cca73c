package dev.bulla.testkit.store;

import dev.bulla.store.Limits;
import dev.bulla.store.ToolRow;
import dev.bulla.store.ToolStore;
import dev.bulla.store.Write;
import java.util.Comparator;
import java.util.List;

final class InMemoryTools implements ToolStore {
    private final Tables tables;

    InMemoryTools(Tables tables) {
        this.tables = tables;
    }

    @Override
    public List<ToolRow> ofConnection(String tenant, String connectionId) {
        return tables.alone(() -> tables.tools.values().stream()
                .filter(row -> row.tenant().equals(tenant) && row.connectionId().equals(connectionId))
                .sorted(Comparator.comparing(ToolRow::purpose).thenComparing(ToolRow::name))
                .toList());
    }

    @Override
    public Write replace(String tenant, String connectionId, long rulesNo, List<ToolRow> rows) {
        rows.forEach(row -> Limits.check(row, tenant, connectionId));
        return tables.alone(() -> {
            if (!InMemoryConnections.nextRules(tables, tenant, connectionId, rulesNo)) {
                return Write.MOVED;
            }
            tables.tools.values().removeIf(row -> row.connectionId().equals(connectionId));
            rows.forEach(row -> tables.tools.put(List.of(connectionId, row.purpose(), row.name()), row));
            return Write.DONE;
        });
    }
}
