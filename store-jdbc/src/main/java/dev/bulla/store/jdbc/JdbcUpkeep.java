package dev.bulla.store.jdbc;

import dev.bulla.store.UpkeepStore;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class JdbcUpkeep implements UpkeepStore {
    private static final int PURGES = 100;

    private final Sql sql;
    private final DueAccounts due;
    private final Text looks;
    private final Text lookAgain;
    private final Text sharing;
    private final Text changes;
    private final Text ended;
    private final Text purge;
    private final Text fullBuckets;
    private final Text purgeBucket;
    private final Text endedGrants;
    private final Text purgeGrant;
    private final Text oldAudit;
    private final Text purgeAudit;
    private final Text webhook;
    private final Text over;
    private final Text purgeSeen;
    private final List<Text> nextTerms;

    JdbcUpkeep(Sql sql) {
        this.sql = sql;
        due = new DueAccounts(sql);
        looks = sql.text("""
                select tenant, id, look_at from bulla_account where look_at <= :now order by look_at, id limit ?""");
        lookAgain = sql.text("update bulla_account set look_at = ? where tenant = ? and id = ? and look_at = ?");
        sharing = sql.text("""
                select count(*) from bulla_account
                where app_id = ? and subject = ? and host_term is not null and id <> ?""");
        changes = sql.text("""
                select a.tenant, a.id, a.member, a.connection_id, c.name, c.provider, a.label, a.status, a.reason, a.changed_at
                from bulla_account a join bulla_connection c on c.id = a.connection_id
                where a.changed_at >= ? and (a.changed_at > ? or a.id > ?) and a.changed_at < :now - ?
                order by a.changed_at, a.id limit ?""");
        ended = sql.text("select id from bulla_flow where ends_at < :now - ? order by ends_at limit ?");
        fullBuckets = sql.text(
                "select tenant, bucket from bulla_bucket where full_at <= :now order by full_at, tenant, bucket limit ?");
        purgeBucket = sql.text("delete from bulla_bucket where tenant = ? and bucket = ? and full_at <= :now");
        purge = sql.text("delete from bulla_flow where id = ?");
        endedGrants = sql.text("select id from bulla_grant where expires_at < :now - ? order by expires_at limit ?");
        purgeGrant = sql.text("delete from bulla_grant where id = ?");
        oldAudit = sql.text("select id from bulla_audit where id < ? order by id limit ?");
        purgeAudit = sql.text("delete from bulla_audit where id <= ?");
        webhook = sql.text("select tenant, connection_id, :now from bulla_webhook where id = ?");
        over = sql.text(
                "select webhook_id, digest from bulla_webhook_seen where ends_at <= :now order by ends_at limit ?");
        purgeSeen = sql.text("delete from bulla_webhook_seen where webhook_id = ? and digest = ? and ends_at <= :now");
        nextTerms = Stream.of(
                        "account.host_term",
                        "connection.host_term",
                        "app.host_term",
                        "flow.host_term",
                        "grant.host_term",
                        "webhook.host_term",
                        "member.key_mac_term",
                        "member.key_previous_term",
                        "member.offered_mac_term",
                        "member.offered_previous_term")
                .map(name -> name.split("\\.", -1))
                .map(name -> sql.text("select min(%2$s) from bulla_%1$s where %2$s > ?".formatted(name[0], name[1])))
                .toList();
    }

    @Override
    public List<AccountRef> due(long aheadMillis, int limit) {
        return due.read(aheadMillis, limit);
    }

    @Override
    public List<Look> looks(int limit) {
        return sql.read(tx -> tx.all(looks, row -> new Look(row.text(), row.text(), row.number()), limit));
    }

    @Override
    public boolean lookAgain(Look seen, @Nullable Long at) {
        return sql.write((tx, again) -> tx.update(lookAgain, at, seen.tenant(), seen.id(), seen.at()) == 1);
    }

    @Override
    public List<Change> changes(long afterMillis, String afterId, int limit) {
        return sql.read(
                tx -> tx.all(changes, JdbcUpkeep::change, afterMillis, afterMillis, afterId, SETTLING_MILLIS, limit));
    }

    private static Change change(Row row) throws SQLException {
        return new Change(
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.textOrNull(),
                row.number());
    }

    @Override
    public int sharing(String appId, String subject, String exceptAccountId) {
        return sql.read(tx ->
                tx.one(sharing, Row::integer, appId, subject, exceptAccountId).orElse(0));
    }

    /** One look into an index for each term and column, however many rows there are. */
    @Override
    public Set<Integer> hostTermsInUse() {
        return sql.read(tx -> {
            Set<Integer> terms = new TreeSet<>();
            for (Text next : nextTerms) {
                @Nullable Integer last = Integer.MIN_VALUE;
                while (last != null) {
                    last = tx.one(next, row -> Optional.ofNullable(row.integerOrNull()), last)
                            .flatMap(term -> term)
                            .orElse(null);
                    if (last != null) {
                        terms.add(last);
                    }
                }
            }
            return terms;
        });
    }

    @Override
    public int purgeFlows(long millis, int limit) {
        return purge(purge, sql.read(tx -> tx.all(ended, JdbcUpkeep::one, millis, limit)));
    }

    @Override
    public int purgeBuckets(int limit) {
        return purge(purgeBucket, sql.read(tx -> tx.all(fullBuckets, JdbcUpkeep::two, limit)));
    }

    @Override
    public int purgeGrants(long millis, int limit) {
        return purge(purgeGrant, sql.read(tx -> tx.all(endedGrants, JdbcUpkeep::one, millis, limit)));
    }

    private static @Nullable Object[] one(Row row) throws SQLException {
        return new @Nullable Object[] {row.text()};
    }

    private static @Nullable Object[] two(Row row) throws SQLException {
        return new @Nullable Object[] {row.text(), row.text()};
    }

    /** In short transactions. */
    private int purge(Text purge, List<@Nullable Object[]> over) {
        int purged = 0;
        for (int from = 0; from < over.size(); from += PURGES) {
            List<@Nullable Object[]> chunk = over.subList(from, Math.min(over.size(), from + PURGES));
            purged += sql.write((tx, again) -> {
                long kept = Arrays.stream(tx.updateAll(purge, chunk))
                        .filter(count -> count == 0)
                        .count();
                return again ? chunk.size() : chunk.size() - (int) kept;
            });
        }
        return purged;
    }

    /** By key ranges, which are short: a long one would make the inserts of new rows wait. */
    @Override
    public int purgeAudit(String before, int limit) {
        List<String> ids = sql.read(tx -> tx.all(oldAudit, Row::text, before, limit));
        for (int from = 0; from < ids.size(); from += PURGES) {
            String last = ids.get(Math.min(ids.size(), from + PURGES) - 1);
            sql.write((tx, again) -> tx.update(purgeAudit, last));
        }
        return ids.size();
    }

    @Override
    public Optional<WebhookRef> webhook(String id) {
        return sql.read(tx -> tx.one(webhook, row -> new WebhookRef(row.text(), row.text(), row.number()), id));
    }

    @Override
    public int purgeWebhooks(int limit) {
        return purge(purgeSeen, sql.read(tx -> tx.all(over, JdbcUpkeep::two, limit)));
    }
}
