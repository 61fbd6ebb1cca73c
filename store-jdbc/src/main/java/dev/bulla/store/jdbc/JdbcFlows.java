package dev.bulla.store.jdbc;

import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore;
import dev.bulla.store.FlowStore.Take.Outcome;
import dev.bulla.store.Limits;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcFlows implements FlowStore {
    private static final String COLUMNS = """
            select id, tenant, member, kind, connection_id, browser, sealed, host_term, created_at, expires_at, taken_by
            from bulla_flow where id = ?""";

    private final Sql sql;
    private final JdbcMembers members;
    private final Text find;
    private final Text findOfAnyTenant;
    private final Text open;
    private final Text insert;
    private final Text take;

    JdbcFlows(Sql sql, JdbcMembers members) {
        this.sql = sql;
        this.members = members;
        find = sql.text(COLUMNS + " and tenant = ?");
        findOfAnyTenant = sql.text(COLUMNS);
        open = sql.text(
                "select count(*) from bulla_flow where tenant = ? and member = ? and kind = ? and ends_at > :now");
        insert = sql.text("""
                insert into bulla_flow (id, tenant, member, kind, connection_id, browser, sealed, host_term,
                    created_at, expires_at, ends_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, :now, :now + ?, :now + ?)""");
        take = sql.text("""
                update bulla_flow set taken_by = ?, ends_at = :now
                where id = ? and tenant = ? and kind = ? and taken_by is null and expires_at > :now""");
    }

    private record Flow(FlowRow row, @Nullable String takenBy) {}

    private enum Insert {
        DONE,
        FULL,
        NO_MEMBER
    }

    @Override
    public boolean insert(FlowRow row, long millis, int maxOpen) {
        Limits.check(row);
        while (true) {
            Insert inserted = sql.write((tx, again) -> insert(tx, row, millis, maxOpen));
            if (inserted != Insert.NO_MEMBER) {
                return inserted == Insert.DONE;
            }
            members.findOrCreate(row.tenant(), row.member());
        }
    }

    /** The row of the member is the lock that keeps the count true. */
    private Insert insert(Tx tx, FlowRow row, long millis, int maxOpen) throws SQLException {
        if (!members.lock(tx, row.tenant(), row.member())) {
            return tx.undo(Insert.NO_MEMBER);
        }
        Optional<Flow> there = tx.one(findOfAnyTenant, JdbcFlows::flow, row.id());
        if (there.isPresent()) {
            if (sameFlow(there.get().row(), row)) {
                return tx.undo(Insert.DONE);
            }
            throw new IllegalArgumentException("The id of this flow is in use.");
        }
        if (tx.one(open, Row::number, row.tenant(), row.member(), row.kind()).orElse(0L) >= maxOpen) {
            return tx.undo(Insert.FULL);
        }
        tx.update(
                insert,
                row.id(),
                row.tenant(),
                row.member(),
                row.kind(),
                row.connectionId(),
                row.browser(),
                row.sealed().bytes(),
                row.sealed().hostTerm(),
                millis,
                millis);
        return Insert.DONE;
    }

    @Override
    public Optional<FlowRow> peek(String tenant, String id) {
        return sql.read(tx -> tx.one(find, JdbcFlows::flow, id, tenant)).map(Flow::row);
    }

    @Override
    public Take take(String tenant, String id, String kind, String by) {
        Limits.checkAttempt(by);
        return sql.write((tx, again) -> {
            tx.update(take, by, id, tenant, kind);
            Flow flow = tx.one(find, JdbcFlows::flow, id, tenant)
                    .filter(there -> there.row().kind().equals(kind))
                    .orElse(null);
            if (flow == null) {
                return new Take(Outcome.UNKNOWN, Optional.empty());
            }
            if (flow.takenBy() == null) {
                return new Take(Outcome.EXPIRED, Optional.empty());
            }
            return flow.takenBy().equals(by)
                    ? new Take(Outcome.TAKEN, Optional.of(flow.row()))
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

    private static Flow flow(Row row) throws SQLException {
        FlowRow flow = new FlowRow(
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.sealed(),
                row.number(),
                row.number());
        return new Flow(flow, row.textOrNull());
    }
}
