package dev.bulla.store.jdbc;

import dev.bulla.store.Limits;
import dev.bulla.store.WebhookRow;
import dev.bulla.store.WebhookStore;
import dev.bulla.store.Write;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

final class JdbcWebhooks implements WebhookStore {
    private static final String COLUMNS = """
            select id, tenant, connection_id, sealed, host_term, seal_no, accepted, refused, accepted_at, refused_at,
                row_version, attempt, created_at
            from bulla_webhook where tenant = ? and connection_id = ?""";

    private final Sql sql;
    private final JdbcConnections connections;
    private final Text find;
    private final Text insert;
    private final Text update;
    private final Text delete;
    private final Text forget;
    private final Text renew;
    private final Text seen;
    private final Text remember;
    private final Text count;

    JdbcWebhooks(Sql sql, JdbcConnections connections) {
        this.sql = sql;
        this.connections = connections;
        find = sql.text(COLUMNS);
        insert = sql.text("""
                insert into bulla_webhook (id, tenant, connection_id, sealed, host_term, seal_no, accepted, refused,
                    row_version, attempt, created_at)
                values (?, ?, ?, ?, ?, ?, 0, 0, 1, ?, :now)""");
        update = sql.text("""
                update bulla_webhook set sealed = ?, host_term = ?, seal_no = ?, attempt = ?,
                    row_version = row_version + 1
                where tenant = ? and connection_id = ? and id = ? and row_version = ?""");
        delete = sql.text("delete from bulla_webhook where tenant = ? and connection_id = ? and row_version = ?");
        forget = sql.text("delete from bulla_webhook_seen where webhook_id = ?");
        renew = sql.text("""
                update bulla_webhook_seen set attempt = ?, ends_at = :now + ?
                where webhook_id = ? and digest = ? and ends_at <= :now""");
        seen = sql.text("select attempt from bulla_webhook_seen where webhook_id = ? and digest = ?");
        remember = sql.text("""
                insert into bulla_webhook_seen (webhook_id, digest, attempt, ends_at) values (?, ?, ?, :now + ?)""");
        count = sql.text("""
                update bulla_webhook set accepted = accepted + ?, refused = refused + ?,
                    accepted_at = case when ? = 0 then accepted_at else ? end,
                    refused_at = case when ? = 0 then refused_at else ? end
                where id = ? and tenant = ?""");
    }

    @Override
    public Optional<WebhookRow> find(String tenant, String connectionId) {
        return sql.read(tx -> tx.one(find, JdbcWebhooks::row, tenant, connectionId));
    }

    @Override
    public Write insert(WebhookRow row) {
        Limits.check(row);
        return sql.write((tx, again) -> {
            if (!connections.hold(tx, row.tenant(), row.connectionId())) {
                return tx.undo(Write.MOVED);
            }
            Optional<WebhookRow> there = tx.one(find, JdbcWebhooks::row, row.tenant(), row.connectionId());
            if (there.isPresent()) {
                return tx.undo(there.get().attempt().equals(row.attempt()) ? Write.DONE : Write.MOVED);
            }
            tx.update(
                    insert,
                    row.id(),
                    row.tenant(),
                    row.connectionId(),
                    Tx.bytes(row.sealed()),
                    Tx.term(row.sealed()),
                    row.sealNo(),
                    row.attempt());
            return Write.DONE;
        });
    }

    @Override
    public Write update(WebhookRow row) {
        Limits.check(row);
        return sql.write((tx, again) -> {
            int updated = tx.update(
                    update,
                    Tx.bytes(row.sealed()),
                    Tx.term(row.sealed()),
                    row.sealNo(),
                    row.attempt(),
                    row.tenant(),
                    row.connectionId(),
                    row.id(),
                    row.rowVersion());
            boolean done = updated == 1
                    || tx.one(find, JdbcWebhooks::row, row.tenant(), row.connectionId())
                            .filter(there -> there.rowVersion() == row.rowVersion() + 1
                                    && there.attempt().equals(row.attempt()))
                            .isPresent();
            return done ? Write.DONE : Write.MOVED;
        });
    }

    @Override
    public Write delete(String tenant, String connectionId, long rowVersion) {
        return sql.write((tx, again) -> {
            connections.hold(tx, tenant, connectionId); // first, as whoever deletes the connection does
            Optional<WebhookRow> there = tx.one(find, JdbcWebhooks::row, tenant, connectionId);
            if (there.isEmpty() || tx.update(delete, tenant, connectionId, rowVersion) == 0) {
                return tx.undo(again && there.isEmpty() ? Write.DONE : Write.MOVED);
            }
            tx.update(forget, there.get().id());
            return Write.DONE;
        });
    }

    /** The primary key decides among those who insert at once: the losers run again, and find the winner's. */
    @Override
    public boolean isFirst(String tenant, String id, String digest, String attempt, long millis) {
        Limits.checkDigest(digest);
        Limits.checkAttempt(attempt);
        return sql.write((tx, again) -> {
            if (tx.update(renew, attempt, millis, id, digest) == 1) {
                return true;
            }
            Optional<String> there = tx.one(seen, Row::text, id, digest);
            if (there.isPresent()) {
                return there.get().equals(attempt);
            }
            tx.update(remember, id, digest, attempt, millis);
            return true;
        });
    }

    @Override
    public void count(Collection<Counted> more) {
        for (Counted one : more) {
            sql.writeAlone(
                    count,
                    one.accepted(),
                    one.refused(),
                    one.acceptedAt(),
                    one.acceptedAt(),
                    one.refusedAt(),
                    one.refusedAt(),
                    one.id(),
                    one.tenant());
        }
    }

    private static WebhookRow row(Row row) throws SQLException {
        return new WebhookRow(
                row.text(),
                row.text(),
                row.text(),
                row.sealedOrNull(),
                row.number(),
                row.number(),
                row.number(),
                row.numberOrNull(),
                row.numberOrNull(),
                row.number(),
                row.text(),
                row.number());
    }
}
