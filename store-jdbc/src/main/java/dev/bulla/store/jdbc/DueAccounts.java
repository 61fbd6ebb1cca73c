package dev.bulla.store.jdbc;

import dev.bulla.store.UpkeepStore.AccountRef;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what is due by one range of an index. Accounts of a connection that is off stand in that range too: where some are met, all
 * accounts of the connection are parked, in another part of the index, and read no more until the connection is on again. Parking is
 * a note of the store's own; whoever uses an account does not see it.
 */
final class DueAccounts {
    /** Accounts moved in one transaction, which keeps their connection's row locked meanwhile. */
    private static final int CHUNK = 1_000;

    private static final int RELEASES = 100;
    private static final Comparator<Found> SOONEST = Comparator.comparingLong(Found::refreshAt)
            .thenComparing(found -> found.ref().id());

    private final Sql sql;
    private final Text due;
    private final Text back;
    private final Text park;
    private final Text release;
    private final Text released;
    private final Text bound;
    private final Text move;
    private final Text moveRest;

    private record Found(AccountRef ref, boolean usable, long refreshAt) {}

    /** A connection that accounts are moved for. */
    private record Ref(String tenant, String id) {}

    DueAccounts(Sql sql) {
        this.sql = sql;
        // the inner select alone decides what is read; its constant columns stand in the order for databases that
        // follow an index
        // only from its first column on
        due = sql.text("""
                select a.tenant, a.id, a.connection_id, c.provider, c.enabled and c.complete, a.refresh_at
                from (
                    select tenant, id, connection_id, refresh_at from bulla_account
                    where key_no = 0 and parked = false and refresh_at <= :now + ? and host_term is not null
                    order by key_no, parked, refresh_at, id limit ?
                ) a join bulla_connection c on c.id = a.connection_id""");
        back = sql.text("""
                select tenant, id from bulla_connection where parked = true and enabled = true and complete = true
                limit ?""");
        String lock =
                "update bulla_connection set connects = connects + 1, parked = true where tenant = ? and id = ? and ";
        park = sql.text(lock + "not (enabled and complete)");
        release = sql.text(lock + "parked = true and enabled and complete");
        released = sql.text("update bulla_connection set parked = false where tenant = ? and id = ?");
        bound = sql.text("""
                select id from bulla_account where connection_id = ? and parked = ? order by id limit 1 offset ?""");
        moveRest = sql.text("update bulla_account set parked = ? where connection_id = ? and parked = ?");
        move = sql.text("update bulla_account set parked = ? where connection_id = ? and parked = ? and id <= ?");
    }

    List<AccountRef> read(long aheadMillis, int limit) {
        List<Ref> on = sql.read(tx -> tx.all(back, row -> new Ref(row.text(), row.text()), RELEASES));
        on.forEach(this::release);
        while (true) {
            List<Found> found = sql.read(tx -> tx.all(
                    due,
                    row -> new Found(
                            new AccountRef(row.text(), row.text(), row.text(), row.text()), row.flag(), row.number()),
                    aheadMillis,
                    limit));
            Map<String, Ref> off = new LinkedHashMap<>();
            found.stream()
                    .filter(one -> !one.usable())
                    .map(Found::ref)
                    .forEach(ref -> off.put(ref.connectionId(), new Ref(ref.tenant(), ref.connectionId())));
            int parked = 0;
            for (Ref connection : off.values()) {
                parked += park(connection);
            }
            if (parked == 0) {
                return found.stream()
                        .filter(Found::usable)
                        .sorted(SOONEST)
                        .map(Found::ref)
                        .toList();
            }
        }
    }

    private int park(Ref connection) {
        int parked = 0;
        int moved;
        do {
            moved = sql.write(
                    (tx, again) -> tx.update(park, connection.tenant(), connection.id()) == 0
                            ? tx.undo(0)
                            : move(tx, connection, true),
                    0);
            parked += moved;
        } while (moved == CHUNK);
        return parked;
    }

    private void release(Ref connection) {
        int moved;
        do {
            moved = sql.write(
                    (tx, again) -> {
                        if (tx.update(release, connection.tenant(), connection.id()) == 0) {
                            return tx.undo(0);
                        }
                        int back = move(tx, connection, false);
                        if (back < CHUNK) {
                            tx.update(released, connection.tenant(), connection.id());
                        }
                        return back;
                    },
                    0);
        } while (moved == CHUNK);
    }

    private int move(Tx tx, Ref connection, boolean to) throws SQLException {
        Optional<String> last = tx.one(bound, Row::text, connection.id(), !to, CHUNK - 1);
        return last.isPresent()
                ? tx.update(move, to, connection.id(), !to, last.get())
                : tx.update(moveRest, to, connection.id(), !to);
    }
}
