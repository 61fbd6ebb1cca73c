package dev.bulla.testkit.store;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Limits;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.PolicyStore;
import dev.bulla.store.Write;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class InMemoryPolicies implements PolicyStore {
    private final Tables tables;

    InMemoryPolicies(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Rules> rules(String tenant, String connectionId) {
        return tables.alone(() -> Optional.ofNullable(tables.connections.get(connectionId))
                .filter(connection -> connection.tenant().equals(tenant))
                .map(connection -> new Rules(connection.rulesNo(), current(tenant, connectionId))));
    }

    private List<PolicyRow> current(String tenant, String connectionId) {
        Map<String, PolicyRow> last = new LinkedHashMap<>();
        of(tenant, connectionId).forEach(row -> last.put(row.id(), row));
        return last.values().stream()
                .filter(row -> row.body() != null)
                .sorted(Comparator.comparing(PolicyRow::id))
                .toList();
    }

    @Override
    public List<PolicyRow> versions(String tenant, String connectionId, String id) {
        return history(tenant, connectionId, Integer.MAX_VALUE).stream()
                .filter(row -> row.id().equals(id))
                .toList();
    }

    @Override
    public List<PolicyRow> history(String tenant, String connectionId, int limit) {
        return tables.alone(() -> of(tenant, connectionId)
                .sorted(Comparator.comparingLong(PolicyRow::version).reversed().thenComparing(PolicyRow::id))
                .limit(limit)
                .toList());
    }

    @Override
    public Write put(PolicyRow row, long rulesNo) {
        Limits.check(row);
        return tables.alone(() -> {
            if (!InMemoryConnections.nextRules(tables, row.tenant(), row.connectionId(), rulesNo)) {
                boolean done = of(row.tenant(), row.connectionId())
                        .anyMatch(there -> there.id().equals(row.id())
                                && there.version() == rulesNo + 1
                                && there.attempt().equals(row.attempt()));
                return done ? Write.DONE : Write.MOVED;
            }
            add(tables, row, rulesNo + 1);
            return Write.DONE;
        });
    }

    /** The first policies of a connection, where it never had one. */
    static void seed(Tables tables, String tenant, String connectionId, List<PolicyRow> seeds) {
        ConnectionRow connection = tables.connections.get(connectionId);
        boolean any =
                tables.policies.stream().anyMatch(row -> row.connectionId().equals(connectionId));
        if (connection != null && !seeds.isEmpty() && !any) {
            long before = connection.rulesNo();
            InMemoryConnections.nextRules(tables, tenant, connectionId, before);
            seeds.forEach(seed -> add(tables, seed, before + 1));
        }
    }

    private static void add(Tables tables, PolicyRow row, long version) {
        tables.policies.add(new PolicyRow(
                row.tenant(),
                row.connectionId(),
                row.set(),
                row.id(),
                version,
                row.body(),
                row.author(),
                row.attempt(),
                tables.now()));
    }

    private Stream<PolicyRow> of(String tenant, String connectionId) {
        return tables.policies.stream()
                .filter(row -> row.tenant().equals(tenant) && row.connectionId().equals(connectionId));
    }
}
