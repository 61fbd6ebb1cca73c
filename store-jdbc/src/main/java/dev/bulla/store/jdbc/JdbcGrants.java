package dev.bulla.store.jdbc;

import dev.bulla.store.GrantRow;
import dev.bulla.store.GrantStore;
import dev.bulla.store.Limits;
import dev.bulla.store.Write;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

final class JdbcGrants implements GrantStore {
    private static final String COLUMNS = """
            select id, tenant, member, key_no, tools, connections, sealed, host_term, created_at, expires_at, last_used_at
            from bulla_grant where\s""";

    private final Sql sql;
    private final JdbcMembers members;
    private final Text find;
    private final Text findOfAnyTenant;
    private final Text glance;
    private final Text ofMember;
    private final Text insert;
    private final Text used;
    private final Text remove;

    JdbcGrants(Sql sql, JdbcMembers members) {
        this.sql = sql;
        this.members = members;
        find = sql.text(COLUMNS + "id = ? and tenant = ?");
        findOfAnyTenant = sql.text(COLUMNS + "id = ?");
        glance = sql.text("""
                select g.expires_at, g.last_used_at, :now
                from bulla_grant g join bulla_member m on m.tenant = g.tenant and m.member = g.member
                where g.id = ? and g.tenant = ? and m.key_number = g.key_no""");
        ofMember = sql.text(COLUMNS + "tenant = ? and member = ? order by created_at, id");
        insert = sql.text("""
                insert into bulla_grant (id, tenant, member, key_no, tools, connections, sealed, host_term,
                    created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, :now, ?)""");
        used = sql.text("update bulla_grant set last_used_at = :now where id = ? and tenant = ?");
        remove = sql.text("delete from bulla_grant where id = ? and tenant = ? and member = ?");
    }

    @Override
    public Write insert(GrantRow row) {
        Limits.check(row);
        return sql.write((tx, again) -> {
            if (!members.lockKey(tx, row.tenant(), row.member(), row.keyNo())) {
                return tx.undo(Write.KEY_MOVED);
            }
            Optional<GrantRow> there = tx.one(findOfAnyTenant, JdbcGrants::row, row.id());
            if (there.isPresent()) {
                if (there.get().tenant().equals(row.tenant())
                        && there.get().member().equals(row.member())) {
                    return tx.undo(Write.DONE);
                }
                throw new IllegalArgumentException("The id of this grant is in use.");
            }
            tx.update(
                    insert,
                    row.id(),
                    row.tenant(),
                    row.member(),
                    row.keyNo(),
                    row.tools(),
                    row.connections(),
                    row.sealed().bytes(),
                    row.sealed().hostTerm(),
                    row.expiresAt());
            return Write.DONE;
        });
    }

    @Override
    public Optional<GrantRow> find(String tenant, String id) {
        return sql.read(tx -> tx.one(find, JdbcGrants::row, id, tenant));
    }

    @Override
    public Optional<Glance> glance(String tenant, String id) {
        return sql.read(
                tx -> tx.one(glance, row -> new Glance(row.number(), row.numberOrNull(), row.number()), id, tenant));
    }

    @Override
    public List<GrantRow> ofMember(String tenant, String member) {
        return sql.read(tx -> tx.all(ofMember, JdbcGrants::row, tenant, member));
    }

    @Override
    public void used(String tenant, String id) {
        sql.writeAlone(used, id, tenant);
    }

    @Override
    public boolean remove(String tenant, String member, String id) {
        boolean[] removed = {false};
        return sql.write((tx, again) -> {
            removed[0] |= tx.update(remove, id, tenant, member) == 1;
            return removed[0];
        });
    }

    private static GrantRow row(Row row) throws SQLException {
        return new GrantRow(
                row.text(),
                row.text(),
                row.text(),
                row.integer(),
                row.text(),
                row.text(),
                row.sealed(),
                row.number(),
                row.number(),
                row.numberOrNull());
    }
}
