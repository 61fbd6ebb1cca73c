package dev.bulla.testkit.store;

import dev.bulla.store.BucketStore;
import dev.bulla.store.Limits;
import java.util.List;

final class InMemoryBuckets implements BucketStore {
    private final Tables tables;

    InMemoryBuckets(Tables tables) {
        this.tables = tables;
    }

    @Override
    public long take(String tenant, String bucket, int burst, long everyMillis) {
        Limits.checkBucket(tenant, bucket);
        return tables.alone(() -> {
            List<String> name = List.of(tenant, bucket);
            long now = tables.now();
            long toFull = burst * everyMillis;
            long full = tables.buckets.getOrDefault(name, 0L);
            long next = full < now || full > now + toFull ? now + everyMillis : full + everyMillis;
            if (next > now + toFull) {
                return next - now - toFull;
            }
            tables.buckets.put(name, next);
            return 0L;
        });
    }
}
