package dev.bulla.store.jdbc;

import dev.bulla.store.EntityRow;
import dev.bulla.store.EntityStore;
import dev.bulla.store.Limits;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcEntities implements EntityStore {
    private static final String COLUMNS =
            "select tenant, connection_id, kind, id, name, folded, attributes, gone, seen_at from bulla_entity";
    private static final String ONE = " where tenant = ? and connection_id = ? and kind = ? and id = ?";
    private static final String OF_KIND =
            " where tenant = ? and connection_id = ? and kind = ? and gone = ? and folded like ? escape '!'";

    private final Sql sql;
    private final JdbcConnections connections;
    private final Text update;
    private final Text insert;
    private final Text find;
    private final Text first;
    private final Text further;
    private final Text counts;
    private final Text forgetAll;
    private final Text forgetKind;

    JdbcEntities(Sql sql, JdbcConnections connections) {
        this.sql = sql;
        this.connections = connections;
        // the count makes every update change something: some drivers count changed rows only
        update = sql.text("update bulla_entity set name = ?, folded = ?, attributes = ?, gone = ?, seen_at = :now,"
                + " row_version = row_version + 1" + ONE);
        insert = sql.text("""
                insert into bulla_entity (name, folded, attributes, gone, seen_at, row_version,
                    tenant, connection_id, kind, id)
                values (?, ?, ?, ?, :now, 1, ?, ?, ?, ?)""");
        find = sql.text(COLUMNS + ONE);
        first = sql.text(COLUMNS + OF_KIND + " order by folded, id limit ?");
        further = sql.text(
                COLUMNS + OF_KIND + " and (folded > ? or (folded = ? and id > ?)) order by folded, id limit ?");
        counts = sql.text("""
                select kind, count(*) from bulla_entity
                where tenant = ? and connection_id = ? and gone = ? group by kind order by kind""");
        forgetAll = sql.text("delete from bulla_entity where tenant = ? and connection_id = ? and seen_at < ?");
        forgetKind = sql.text(
                "delete from bulla_entity where tenant = ? and connection_id = ? and seen_at < ? and kind = ?");
    }

    @Override
    public void put(String tenant, String connectionId, List<EntityRow> rows) {
        Limits.check(tenant, connectionId, rows);
        if (rows.isEmpty()) {
            return;
        }
        sql.write((tx, again) -> {
            if (!connections.hold(tx, tenant, connectionId)) {
                return tx.undo(false);
            }
            List<EntityRow> last = List.copyOf(lastOfEach(rows).values());
            int[] updated = tx.updateAll(update, values(last));
            List<EntityRow> missing = new ArrayList<>();
            for (int i = 0; i < updated.length; i++) {
                if (updated[i] == 0 || (updated[i] < 0 && isMissing(tx, last.get(i)))) {
                    missing.add(last.get(i));
                }
            }
            tx.updateAll(insert, values(missing));
            return true;
        });
    }

    private record Key(String kind, String id) {}

    private static Map<Key, EntityRow> lastOfEach(List<EntityRow> rows) {
        Map<Key, EntityRow> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(new Key(row.kind(), row.id()), row));
        return last;
    }

    private boolean isMissing(Tx tx, EntityRow row) throws SQLException {
        return tx.one(find, JdbcEntities::row, row.tenant(), row.connectionId(), row.kind(), row.id())
                .isEmpty();
    }

    private static List<@Nullable Object[]> values(List<EntityRow> rows) {
        List<@Nullable Object[]> values = new ArrayList<>();
        for (EntityRow row : rows) {
            values.add(new @Nullable Object[] {
                row.name(),
                row.folded(),
                row.attributes(),
                row.gone(),
                row.tenant(),
                row.connectionId(),
                row.kind(),
                row.id()
            });
        }
        return values;
    }

    @Override
    public Optional<EntityRow> find(String tenant, String connectionId, String kind, String id) {
        return sql.read(tx -> tx.one(find, JdbcEntities::row, tenant, connectionId, kind, id));
    }

    @Override
    public List<EntityRow> list(
            String tenant, String connectionId, String kind, String search, @Nullable EntityRow after, int limit) {
        String like = "%" + search.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        return sql.read(tx -> after == null
                ? tx.all(first, JdbcEntities::row, tenant, connectionId, kind, false, like, limit)
                : tx.all(
                        further,
                        JdbcEntities::row,
                        tenant,
                        connectionId,
                        kind,
                        false,
                        like,
                        after.folded(),
                        after.folded(),
                        after.id(),
                        limit));
    }

    @Override
    public Map<String, Long> counts(String tenant, String connectionId) {
        Map<String, Long> all = new LinkedHashMap<>();
        sql.read(tx -> tx.all(counts, row -> Map.entry(row.text(), row.number()), tenant, connectionId, false))
                .forEach(one -> all.put(one.getKey(), one.getValue()));
        return all;
    }

    @Override
    public int forget(String tenant, String connectionId, @Nullable String kind, long seenBefore) {
        return sql.write((tx, again) -> kind == null
                ? tx.update(forgetAll, tenant, connectionId, seenBefore)
                : tx.update(forgetKind, tenant, connectionId, seenBefore, kind));
    }

    private static EntityRow row(Row row) throws SQLException {
        return new EntityRow(
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.flag(),
                row.number());
    }
}
