package dev.bulla.testkit.store;

import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore;
import dev.bulla.store.FlowStore.Take.Outcome;
import dev.bulla.store.Limits;
import dev.bulla.store.MemberRow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryFlows implements FlowStore {
    private final Tables tables;

    InMemoryFlows(Tables tables) {
        this.tables = tables;
    }

    @Override
    public boolean insert(FlowRow row, long millis, int maxOpen) {
        Limits.check(row);
        return tables.alone(() -> {
            FlowCell there = tables.flows.get(row.id());
            if (there != null) {
                if (sameFlow(there.row, row)) {
                    return true;
                }
                throw new IllegalArgumentException("The id of this flow is in use.");
            }
            tables.members.computeIfAbsent(
                    List.of(row.tenant(), row.member()),
                    id -> new MemberRow(row.tenant(), row.member(), 0, null, null, 1, "", tables.now()));
            long now = tables.now();
            long open = tables.flows.values().stream()
                    .filter(f -> f.row.tenant().equals(row.tenant())
                            && f.row.member().equals(row.member())
                            && f.row.kind().equals(row.kind())
                            && f.endsAt > now)
                    .count();
            if (open >= maxOpen) {
                return false;
            }
            tables.flows.put(
                    row.id(),
                    new FlowCell(new FlowRow(
                            row.id(),
                            row.tenant(),
                            row.member(),
                            row.kind(),
                            row.connectionId(),
                            row.browser(),
                            row.sealed(),
                            now,
                            now + millis)));
            return true;
        });
    }

    @Override
    public Optional<FlowRow> peek(String tenant, String id) {
        return tables.alone(() -> Optional.ofNullable(cell(tenant, id)).map(f -> f.row));
    }

    @Override
    public Take take(String tenant, String id, String kind, String by) {
        Limits.checkAttempt(by);
        return tables.alone(() -> {
            FlowCell cell = cell(tenant, id);
            if (cell == null || !cell.row.kind().equals(kind)) {
                return new Take(Outcome.UNKNOWN, Optional.empty());
            }
            long now = tables.now();
            if (cell.takenBy == null && cell.row.expiresAt() > now) {
                cell.takenBy = by;
                cell.endsAt = now;
            }
            if (cell.takenBy == null) {
                return new Take(Outcome.EXPIRED, Optional.empty());
            }
            return cell.takenBy.equals(by)
                    ? new Take(Outcome.TAKEN, Optional.of(cell.row))
                    : new Take(Outcome.USED, Optional.empty());
        });
    }

    private static boolean sameFlow(FlowRow a, FlowRow b) {
        return a.tenant().equals(b.tenant())
                && a.member().equals(b.member())
                && a.kind().equals(b.kind())
                && a.connectionId().equals(b.connectionId())
                && a.browser().equals(b.browser());
    }

    private @Nullable FlowCell cell(String tenant, String id) {
        FlowCell cell = tables.flows.get(id);
        return cell != null && cell.row.tenant().equals(tenant) ? cell : null;
    }
}
