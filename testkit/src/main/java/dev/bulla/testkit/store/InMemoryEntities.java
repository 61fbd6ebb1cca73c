package dev.bulla.testkit.store;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.EntityRow;
import dev.bulla.store.EntityStore;
import dev.bulla.store.Limits;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryEntities implements EntityStore {
    private static final Comparator<EntityRow> ORDER =
            Comparator.comparing(EntityRow::folded).thenComparing(EntityRow::id);

    private final Tables tables;

    InMemoryEntities(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void put(String tenant, String connectionId, List<EntityRow> rows) {
        Limits.check(tenant, connectionId, rows);
        tables.alone(() -> {
            ConnectionRow connection = tables.connections.get(connectionId);
            if (connection != null && connection.tenant().equals(tenant)) {
                rows.forEach(row -> tables.entities.put(key(row), seen(row, tables.now())));
            }
            return rows;
        });
    }

    private static EntityRow seen(EntityRow row, long now) {
        return new EntityRow(
                row.tenant(),
                row.connectionId(),
                row.kind(),
                row.id(),
                row.name(),
                row.folded(),
                row.attributes(),
                row.gone(),
                now);
    }

    private static List<String> key(EntityRow row) {
        return List.of(row.tenant(), row.connectionId(), row.kind(), row.id());
    }

    @Override
    public Optional<EntityRow> find(String tenant, String connectionId, String kind, String id) {
        return tables.alone(() -> Optional.ofNullable(tables.entities.get(List.of(tenant, connectionId, kind, id))));
    }

    @Override
    public List<EntityRow> list(
            String tenant, String connectionId, String kind, String search, @Nullable EntityRow after, int limit) {
        return tables.alone(() -> of(tenant, connectionId)
                .filter(row -> !row.gone()
                        && row.kind().equals(kind)
                        && row.folded().contains(search)
                        && (after == null || ORDER.compare(row, after) > 0))
                .sorted(ORDER)
                .limit(limit)
                .toList());
    }

    @Override
    public Map<String, Long> counts(String tenant, String connectionId) {
        return tables.alone(() -> of(tenant, connectionId)
                .filter(row -> !row.gone())
                .collect(Collectors.groupingBy(EntityRow::kind, TreeMap::new, Collectors.counting())));
    }

    private Stream<EntityRow> of(String tenant, String connectionId) {
        return tables.entities.values().stream()
                .filter(row -> row.tenant().equals(tenant) && row.connectionId().equals(connectionId));
    }

    @Override
    public int forget(String tenant, String connectionId, @Nullable String kind, long seenBefore) {
        return tables.alone(() -> {
            List<EntityRow> old = of(tenant, connectionId)
                    .filter(row -> row.seenAt() < seenBefore && (kind == null || kind.equals(row.kind())))
                    .toList();
            old.forEach(row -> tables.entities.remove(key(row)));
            return old.size();
        });
    }
}
