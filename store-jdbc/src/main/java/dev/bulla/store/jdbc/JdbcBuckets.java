package dev.bulla.store.jdbc;

import dev.bulla.store.BucketStore;
import dev.bulla.store.Limits;
import java.util.Optional;

/** What is kept of a bucket is the time at which it will be full if nobody takes from it. */
final class JdbcBuckets implements BucketStore {
    private final Sql sql;
    private final Text take;
    private final Text left;
    private final Text insert;

    JdbcBuckets(Sql sql) {
        this.sql = sql;
        // a time further away than from empty to full was written by a clock that has been set back since: it counts no
        // more
        take = sql.text("""
                update bulla_bucket set
                    full_at = case when full_at < :now or full_at > :now + ? then :now + ? else full_at + ? end
                where tenant = ? and bucket = ? and (full_at + ? <= :now + ? or full_at > :now + ?)""");
        left = sql.text("select full_at - :now from bulla_bucket where tenant = ? and bucket = ?");
        insert = sql.text("insert into bulla_bucket (tenant, bucket, full_at) values (?, ?, :now + ?)");
    }

    @Override
    public long take(String tenant, String bucket, int burst, long everyMillis) {
        Limits.checkBucket(tenant, bucket);
        long toFull = burst * everyMillis;
        return sql.write((tx, again) -> {
            int taken = tx.update(take, toFull, everyMillis, everyMillis, tenant, bucket, everyMillis, toFull, toFull);
            if (taken == 1) {
                return 0L;
            }
            Optional<Long> rest = tx.one(left, Row::number, tenant, bucket);
            if (rest.isEmpty()) {
                tx.update(insert, tenant, bucket, everyMillis);
                return 0L;
            }
            return tx.undo(Math.max(1, rest.get() + everyMillis - toFull));
        });
    }
}
