package dev.bulla.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What is kept is the time at which a bucket will be full if nobody takes from it: full is the past. */
final class MemoryBuckets implements Buckets {
    private static final int KEPT = 50_000;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Name, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Long> eldest) {
            return size() > KEPT;
        }
    };

    MemoryBuckets(Clock clock) {
        this.clock = clock;
    }

    private record Name(String tenant, String bucket) {}

    @Override
    public Optional<Duration> take(String tenant, String bucket, Rate rate) {
        Name name = new Name(tenant, bucket);
        long now = clock.millis();
        lock.lock();
        try {
            Long full = fullAt.get(name);
            // a clock that was set back forgives
            long from = full == null || full - now > rate.fullMillis() ? now : Math.max(full, now);
            long until = from + rate.every().toMillis();
            long over = until - now - rate.fullMillis();
            if (over > 0) {
                return Optional.of(Duration.ofMillis(over));
            }
            fullAt.put(name, until);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
