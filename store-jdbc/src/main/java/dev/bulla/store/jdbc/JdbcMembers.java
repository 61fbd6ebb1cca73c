package dev.bulla.store.jdbc;

import dev.bulla.store.Limits;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.MemberStore;
import dev.bulla.store.Sealed;
import dev.bulla.store.Write;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcMembers implements MemberStore {
    private static final String COLUMNS = """
            select tenant, member, key_no,
                key_number, key_public, key_mac, key_mac_term, key_previous, key_previous_term, key_created_at,
                offered_number, offered_public, offered_mac, offered_mac_term,
                offered_previous, offered_previous_term, offered_created_at,
                row_version, attempt, changed_at
            from bulla_member where tenant = ? and\s""";

    private final Sql sql;
    private final Text find;
    private final Text findByKey;
    private final Text findByOffer;
    private final Text create;
    private final Text lock;
    private final Text bump;
    private final Text lockKey;
    private final Text update;
    private final Text tellAccounts;
    private final Text endGrants;
    private final Text removeGrants;
    private final Text removeFlows;
    private final Text removeAccounts;
    private final Text remove;

    JdbcMembers(Sql sql) {
        this.sql = sql;
        find = sql.text(COLUMNS + "member = ?");
        findByKey = sql.text(COLUMNS + "key_public = ?");
        findByOffer = sql.text(COLUMNS + "offered_public = ?");
        create = sql.text("""
                insert into bulla_member (tenant, member, key_no, row_version, attempt, changed_at)
                values (?, ?, 0, 1, '', :now)""");
        lock = sql.text("update bulla_member set row_version = row_version + 1 where tenant = ? and member = ?");
        bump = sql.text(
                "update bulla_member set row_version = row_version + 1 where tenant = ? and member = ? and key_no = ?");
        lockKey = sql.text(
                "update bulla_member set row_version = row_version + 1 where tenant = ? and member = ? and key_number = ?");
        update = sql.text("""
                update bulla_member set key_no = ?,
                    key_number = ?, key_public = ?, key_mac = ?, key_mac_term = ?,
                    key_previous = ?, key_previous_term = ?, key_created_at = ?,
                    offered_number = ?, offered_public = ?, offered_mac = ?, offered_mac_term = ?,
                    offered_previous = ?, offered_previous_term = ?, offered_created_at = ?,
                    attempt = ?, changed_at = :now
                where tenant = ? and member = ?""");
        tellAccounts = sql.text("update bulla_account set member_key_no = ? where tenant = ? and member = ?");
        endGrants = sql.text("delete from bulla_grant where tenant = ? and member = ? and key_no <> ?");
        removeGrants = sql.text("delete from bulla_grant where tenant = ? and member = ?");
        removeFlows = sql.text("delete from bulla_flow where tenant = ? and member = ?");
        removeAccounts = sql.text("delete from bulla_account where tenant = ? and member = ?");
        remove = sql.text("delete from bulla_member where tenant = ? and member = ?");
    }

    /** Locks the member's row until the end of the transaction; false where there is none. */
    boolean lock(Tx tx, String tenant, String member) throws SQLException {
        return tx.update(lock, tenant, member) == 1;
    }

    /** As {@link #lock}, where the key number is the one expected. */
    boolean bump(Tx tx, String tenant, String member, int keyNo) throws SQLException {
        return tx.update(bump, tenant, member, keyNo) == 1;
    }

    @Override
    public Optional<MemberRow> find(String tenant, String member) {
        return sql.read(tx -> tx.one(find, JdbcMembers::row, tenant, member));
    }

    @Override
    public Optional<MemberRow> findByKey(String tenant, String publicKey) {
        return sql.read(tx -> {
            Optional<MemberRow> active = tx.one(findByKey, JdbcMembers::row, tenant, publicKey);
            return active.isPresent() ? active : tx.one(findByOffer, JdbcMembers::row, tenant, publicKey);
        });
    }

    /** As {@link #lock}, where the active key is the one of this number. */
    boolean lockKey(Tx tx, String tenant, String member, int keyNo) throws SQLException {
        return tx.update(lockKey, tenant, member, keyNo) == 1;
    }

    @Override
    public MemberRow findOrCreate(String tenant, String member) {
        Optional<MemberRow> there = find(tenant, member);
        if (there.isPresent()) {
            return there.get();
        }
        Limits.checkMember(tenant, member);
        return sql.write((tx, again) -> {
            Optional<MemberRow> made = tx.one(find, JdbcMembers::row, tenant, member);
            if (made.isPresent()) {
                return tx.undo(made.get());
            }
            tx.update(create, tenant, member);
            return tx.one(find, JdbcMembers::row, tenant, member)
                    .orElseThrow(() -> new SQLException("A row that was written is not read."));
        });
    }

    @Override
    public Write update(MemberRow read, MemberRow next) {
        Limits.check(next);
        return sql.write((tx, again) -> {
            String tenant = read.tenant();
            String member = read.member();
            lock(tx, tenant, member);
            MemberRow row = tx.one(find, JdbcMembers::row, tenant, member).orElse(null);
            if (row != null && row.attempt().equals(next.attempt())) {
                return tx.undo(Write.DONE);
            }
            if (row == null || !sameKeys(row, read)) {
                return tx.undo(Write.MOVED);
            }
            Key key = new Key(next.key());
            Key offered = new Key(next.offered());
            tx.update(
                    update,
                    next.keyNo(),
                    key.number,
                    key.publicKey,
                    key.mac,
                    key.macTerm,
                    key.previous,
                    key.previousTerm,
                    key.createdAt,
                    offered.number,
                    offered.publicKey,
                    offered.mac,
                    offered.macTerm,
                    offered.previous,
                    offered.previousTerm,
                    offered.createdAt,
                    next.attempt(),
                    tenant,
                    member);
            if (number(next) != number(row)) {
                tx.update(tellAccounts, number(next), tenant, member);
                tx.update(endGrants, tenant, member, number(next));
            }
            return Write.DONE;
        });
    }

    @Override
    public int remove(String tenant, String member) {
        int[] removed = {0};
        return sql.write((tx, again) -> {
            lock(tx, tenant, member);
            tx.update(removeFlows, tenant, member);
            tx.update(removeGrants, tenant, member);
            int accounts = tx.update(removeAccounts, tenant, member);
            boolean there = tx.update(remove, tenant, member) == 1;
            if (there || !again) {
                removed[0] = accounts;
            }
            return removed[0];
        });
    }

    /** Of the active key. It stands in the member's accounts too, so that the read of every call needs no row of the member. */
    private static int number(MemberRow row) {
        return row.key() == null ? 0 : row.key().keyNo();
    }

    private static boolean sameKeys(MemberRow row, MemberRow read) {
        return row.keyNo() == read.keyNo()
                && Objects.equals(row.key(), read.key())
                && Objects.equals(row.offered(), read.offered());
    }

    private static MemberRow row(Row row) throws SQLException {
        return new MemberRow(
                row.text(),
                row.text(),
                row.integer(),
                row.keyOrNull(),
                row.keyOrNull(),
                row.number(),
                row.text(),
                row.number());
    }

    /** The columns of a key, all null where there is none. */
    private static final class Key {
        final @Nullable Integer number;
        final @Nullable String publicKey;
        final @Nullable String mac;
        final @Nullable Integer macTerm;
        final byte @Nullable [] previous;
        final @Nullable Integer previousTerm;
        final @Nullable Long createdAt;

        Key(@Nullable KeyRow key) {
            Sealed sealed = key == null ? null : key.previous();
            number = key == null ? null : key.keyNo();
            publicKey = key == null ? null : key.publicKey();
            mac = key == null ? null : key.mac();
            macTerm = key == null ? null : key.macTerm();
            previous = Tx.bytes(sealed);
            previousTerm = Tx.term(sealed);
            createdAt = key == null ? null : key.createdAt();
        }
    }
}
