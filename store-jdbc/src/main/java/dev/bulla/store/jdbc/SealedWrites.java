package dev.bulla.store.jdbc;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.Limits;
import dev.bulla.store.Write;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writers of sealed bytes. Each first bumps the member's row on the expected key number: that is the lock against a change of
 * the key meanwhile.
 */
final class SealedWrites {
    private static final String SEAL = """
            update bulla_account set sealed = ?, host_term = ?, seal_no = ?, key_no = ?,
                attempt = ?, claim_by = ?, claim_until = 0, row_version = row_version + 1, changed_at = :now""";
    private static final String LOOK = ":now + (? - :now) * 2 / 3";
    // looks at the status and the date that it was, which are set further right: some databases assign from left to
    // right
    private static final String LOOK_AGAIN = """
            , look_at = case when status = ? and (? - refresh_by) * 10 between :now - ? and ? - :now then look_at else %s end""".formatted(LOOK);
    private static final String ANEW = """
            , status = ?, reason = ?, intent = null, intent_at = null, intent_attempts = 0, expires_at = ?,
                refresh_at = ?, refresh_by = ?""";
    private static final String WHERE_SEAL_NO = " where tenant = ? and member = ? and id = ? and seal_no = ?";

    private final Sql sql;
    private final JdbcMembers members;
    private final JdbcConnections connections;
    private final Text taken;
    private final Text sealNo;
    private final Text insert;
    private final Text replace;
    private final Text store;
    private final Text reseal;

    SealedWrites(Sql sql, JdbcMembers members, JdbcConnections connections) {
        this.sql = sql;
        this.members = members;
        this.connections = connections;
        taken = sql.text("""
                select id, tenant, attempt from bulla_account where id = ?
                union
                select id, tenant, attempt from bulla_account
                where tenant = ? and member = ? and connection_id = ? and label = ?""");
        sealNo = sql.text(
                "select seal_no, attempt, claim_by from bulla_account where tenant = ? and member = ? and id = ?");
        insert = sql.text("""
                insert into bulla_account (id, tenant, member, connection_id, label, app_id, status, reason, subject,
                    display_name, scopes, attributes, sealed, host_term, seal_no, key_no,
                    member_key_no, claim_by, claim_until, intent_attempts, expires_at, refresh_at, refresh_by, look_at, last_used_at,
                    row_version, attempt, connected_at, created_at, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    (select coalesce(max(key_number), 0) from bulla_member where tenant = ? and member = ?), '', 0, 0, ?, ?, ?, %s, ?, 1, ?, ?, :now, :now)""".formatted(LOOK));
        replace = sql.text(SEAL + ", look_at = " + LOOK + ANEW + """
                        , app_id = ?, subject = ?, display_name = ?, scopes = ?, attributes = ?, connected_at = ?""" + WHERE_SEAL_NO);
        store = sql.text(SEAL + LOOK_AGAIN + ANEW + ", scopes = coalesce(?, scopes)" + WHERE_SEAL_NO);
        reseal = sql.text(SEAL + ", scopes = coalesce(?, scopes)" + WHERE_SEAL_NO + " and claim_by = ?");
    }

    private record There(String id, String tenant, String attempt) {}

    Write insert(AccountRow row, int memberKeyNo) {
        Limits.check(row);
        return sql.write((tx, again) -> {
            boolean keyFits = members.bump(tx, row.tenant(), row.member(), memberKeyNo);
            boolean connected = connections.hold(tx, row.tenant(), row.connectionId());
            Optional<There> there = tx.one(
                    taken,
                    r -> new There(r.text(), r.text(), r.text()),
                    row.id(),
                    row.tenant(),
                    row.member(),
                    row.connectionId(),
                    row.label());
            if (there.isPresent()) {
                boolean mine = there.get().equals(new There(row.id(), row.tenant(), row.attempt()));
                return tx.undo(mine ? Write.DONE : Write.MOVED);
            }
            if (!connected) {
                return tx.undo(Write.MOVED);
            }
            if (!keyFits) {
                return tx.undo(Write.KEY_MOVED);
            }
            tx.update(
                    insert,
                    row.id(),
                    row.tenant(),
                    row.member(),
                    row.connectionId(),
                    row.label(),
                    row.appId(),
                    row.status(),
                    row.reason(),
                    row.subject(),
                    row.displayName(),
                    row.scopes(),
                    row.attributes(),
                    Tx.bytes(row.sealed()),
                    Tx.term(row.sealed()),
                    row.sealNo(),
                    row.keyNo(),
                    row.tenant(),
                    row.member(),
                    row.expiresAt(),
                    row.refreshAt(),
                    row.refreshBy(),
                    row.refreshBy(),
                    row.lastUsedAt(),
                    row.attempt(),
                    row.connectedAt());
            return Write.DONE;
        });
    }

    Write replace(AccountRow row, int memberKeyNo) {
        Limits.check(row);
        return sql.write((tx, again) -> {
            if (!members.bump(tx, row.tenant(), row.member(), memberKeyNo)) {
                return refused(tx, row.tenant(), row.member(), row.id(), row.sealNo(), row.attempt());
            }
            int replaced = tx.update(
                    replace,
                    Tx.bytes(row.sealed()),
                    Tx.term(row.sealed()),
                    row.sealNo(),
                    row.keyNo(),
                    row.attempt(),
                    "",
                    row.refreshBy(),
                    row.status(),
                    row.reason(),
                    row.expiresAt(),
                    row.refreshAt(),
                    row.refreshBy(),
                    row.appId(),
                    row.subject(),
                    row.displayName(),
                    row.scopes(),
                    row.attributes(),
                    row.connectedAt(),
                    row.tenant(),
                    row.member(),
                    row.id(),
                    row.sealNo() - 1);
            return replaced == 1
                    ? Write.DONE
                    : refused(tx, row.tenant(), row.member(), row.id(), row.sealNo(), row.attempt());
        });
    }

    Write store(SealedWrite write, int memberKeyNo) {
        Limits.check(write);
        return sql.write((tx, again) -> {
            if (!members.bump(tx, write.tenant(), write.member(), memberKeyNo)) {
                return refused(tx, write);
            }
            int stored = write.resealed() ? reseal(tx, write) : answer(tx, write);
            return stored == 1 ? Write.DONE : refused(tx, write);
        });
    }

    private int answer(Tx tx, SealedWrite write) throws SQLException {
        return tx.update(
                store,
                write.sealed().bytes(),
                write.sealed().hostTerm(),
                write.sealNo(),
                write.keyNo(),
                write.attempt(),
                write.claimBy(),
                write.status(),
                write.refreshBy(),
                write.refreshBy(),
                write.refreshBy(),
                write.refreshBy(),
                write.status(),
                write.reason(),
                write.expiresAt(),
                write.refreshAt(),
                write.refreshBy(),
                write.scopes(),
                write.tenant(),
                write.member(),
                write.id(),
                write.sealNo() - 1);
    }

    private int reseal(Tx tx, SealedWrite write) throws SQLException {
        return tx.update(
                reseal,
                write.sealed().bytes(),
                write.sealed().hostTerm(),
                write.sealNo(),
                write.keyNo(),
                write.attempt(),
                write.claimBy(),
                write.scopes(),
                write.tenant(),
                write.member(),
                write.id(),
                write.sealNo() - 1,
                write.attempt());
    }

    private Write refused(Tx tx, SealedWrite write) throws SQLException {
        String claim = write.resealed() ? write.attempt() : null;
        return refused(tx, write.tenant(), write.member(), write.id(), write.sealNo(), write.attempt(), claim);
    }

    private Write refused(Tx tx, String tenant, String member, String id, long next, String attempt)
            throws SQLException {
        return refused(tx, tenant, member, id, next, attempt, null);
    }

    /**
     * Why nothing was written: it was written before, the row or its claim has moved, or else it was the key.
     *
     * @param claim the claim that the write needs, or null for none
     */
    private Write refused(
            Tx tx, String tenant, String member, String id, long next, String attempt, @Nullable String claim)
            throws SQLException {
        Write why = tx.one(
                        sealNo,
                        row -> {
                            long now = row.number();
                            boolean mine = row.text().equals(attempt);
                            boolean held = row.text().equals(claim) || claim == null;
                            if (now == next && mine) {
                                return Write.DONE;
                            }
                            return now == next - 1 && held ? Write.KEY_MOVED : Write.MOVED;
                        },
                        tenant,
                        member,
                        id)
                .orElse(Write.MOVED);
        return tx.undo(why);
    }
}
