package dev.bulla.limit;

import dev.bulla.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Buckets from which calls are taken, by name. Thread-safe. */
public interface Buckets {
    /**
     * Takes one, where there is one; never waits.
     *
     * @param tenant whose bucket it is; names are a tenant's own
     * @param bucket its name; the same one always comes with the same rate
     * @return after what time there will be one; empty where one was taken
     */
    Optional<Duration> take(String tenant, String bucket, Rate rate);

    /** In the memory of this node, 50,000 at most: beyond that, those that were used least recently are full again. */
    static Buckets inMemory(Clock clock) {
        return new MemoryBuckets(clock);
    }

    /** In the store, for all nodes together: one small write for each call. */
    static Buckets shared(Store store) {
        return new SharedBuckets(store);
    }
}
