package dev.bulla.limit;

import java.time.Duration;
import java.util.Optional;

/** By key, and by what the provider declares. */
final class StandardLimits implements RateLimits {
    private final Buckets buckets;
    private final Rate perKey;

    StandardLimits(Buckets buckets, Rate perKey) {
        this.buckets = buckets;
        this.perKey = perKey;
    }

    @Override
    public Optional<Duration> take(Taker taker) {
        if (!taker.key().isEmpty()) {
            Optional<Duration> wait =
                    buckets.take(taker.tenant(), "key\n" + taker.member() + "\n" + taker.key(), perKey);
            if (wait.isPresent()) {
                return wait;
            }
        }
        return taker.declared().flatMap(limit -> buckets.take(taker.tenant(), service(taker, limit), limit.rate()));
    }

    private static String service(Taker taker, ApiLimit limit) {
        boolean shared =
                limit.per() == ApiLimit.Per.CONNECTION || taker.accountId().isEmpty();
        return shared ? "connection\n" + taker.connectionId() : "account\n" + taker.accountId();
    }
}
