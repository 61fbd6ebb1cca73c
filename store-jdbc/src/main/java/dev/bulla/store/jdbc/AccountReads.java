package dev.bulla.store.jdbc;

import dev.bulla.store.AccountGlance;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The finders of accounts. */
final class AccountReads {
    private static final String COLUMNS = """
            select id, tenant, member, connection_id, label, app_id, status, reason, subject, display_name, scopes,
                attributes, sealed, host_term, seal_no, key_no,
                claim_by, claim_until, intent, intent_at, intent_attempts,
                expires_at, refresh_at, refresh_by, last_used_at, row_version, attempt,
                connected_at, created_at, changed_at, :now
            from bulla_account where tenant = ?""";

    private final Sql sql;
    private final Text find;
    private final Text findByHandle;
    private final Text ofMember;
    private final Text newestKeyNo;
    private final Text ofConnection;
    private final Text sharing;
    private final Text glance;

    AccountReads(Sql sql) {
        this.sql = sql;
        find = sql.text(COLUMNS + " and id = ?");
        findByHandle = sql.text(COLUMNS + " and member = ? and connection_id = ? and label = ?");
        ofMember = sql.text(COLUMNS + " and member = ? order by created_at, id");
        newestKeyNo = sql.text("select coalesce(max(key_no), 0) from bulla_account where tenant = ? and member = ?");
        ofConnection = sql.text(COLUMNS + " and connection_id = ? order by created_at, id");
        sharing =
                sql.text(COLUMNS + " and app_id = ? and subject = ? and host_term is not null order by created_at, id");
        glance = sql.text("""
                select a.status, a.reason, a.seal_no, a.key_no, a.member_key_no, a.expires_at, a.refresh_at,
                    c.enabled and c.complete, c.revision, c.rules_no, :now
                from bulla_account a
                join bulla_connection c on c.id = a.connection_id and c.tenant = a.tenant
                where a.id = ? and a.tenant = ?""");
    }

    Optional<AccountRow> find(String tenant, String id) {
        return sql.read(tx -> tx.one(find, AccountReads::row, tenant, id));
    }

    Optional<AccountRow> find(String tenant, String member, String connectionId, String label) {
        return sql.read(tx -> tx.one(findByHandle, AccountReads::row, tenant, member, connectionId, label));
    }

    List<AccountRow> ofMember(String tenant, String member) {
        return sql.read(tx -> tx.all(ofMember, AccountReads::row, tenant, member));
    }

    int newestKeyNo(String tenant, String member) {
        return sql.read(tx -> tx.one(newestKeyNo, Row::integer, tenant, member).orElse(0));
    }

    List<AccountRow> ofConnection(String tenant, String connectionId) {
        return sql.read(tx -> tx.all(ofConnection, AccountReads::row, tenant, connectionId));
    }

    List<AccountRow> sharing(String tenant, String appId, String subject) {
        return sql.read(tx -> tx.all(sharing, AccountReads::row, tenant, appId, subject));
    }

    Optional<AccountGlance> glance(String tenant, String id) {
        return sql.read(tx -> tx.one(glance, row -> glance(id, row), id, tenant));
    }

    private static AccountRow row(Row row) throws SQLException {
        return new AccountRow(
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.text(),
                row.text(),
                row.sealedOrNull(),
                row.number(),
                row.integer(),
                claim(row),
                row.numberOrNull(),
                row.numberOrNull(),
                row.numberOrNull(),
                row.numberOrNull(),
                row.number(),
                row.text(),
                row.number(),
                row.number(),
                row.number(),
                row.number());
    }

    private static AccountGlance glance(String id, Row row) throws SQLException {
        return new AccountGlance(
                id,
                row.text(),
                row.textOrNull(),
                row.number(),
                row.integer(),
                row.integer(),
                row.numberOrNull(),
                row.numberOrNull(),
                row.flag(),
                row.number(),
                row.number(),
                row.number());
    }

    private static Claim claim(Row row) throws SQLException {
        return new Claim(row.text(), row.number(), row.textOrNull(), row.numberOrNull(), row.integer());
    }
}
