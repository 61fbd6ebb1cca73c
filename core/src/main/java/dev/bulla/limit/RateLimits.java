package dev.bulla.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * How often calls go through. It is asked on the caller's thread for each call that everything else allows, and never waits. Where it
 * throws, the call is refused.
 *
 * <p>It is also asked of each call that was refused before, so that nobody is refused without end at the cost of others: with the key, and
 * without a connection and what that declares. What it says changes nothing for the caller then; but while it says that the call may not
 * go, most such refusals are counted in the audit, and have no entry of their own. Thread-safe.
 */
@FunctionalInterface
public interface RateLimits {
    /** A member key, with all grants made from it: 60 calls at once, and one more each second. */
    Rate PER_KEY = new Rate(60, Duration.ofSeconds(1));

    /**
     * Counts a call.
     *
     * @return after what time it may be tried again, where it may not go now; empty where it may go
     */
    Optional<Duration> take(Taker taker);

    /**
     * Who calls what.
     *
     * @param key the number of the member's key, for its grants too; the empty string for a session without, which is the host's own work
     * @param connectionId the connection; the empty string for a call that was refused before
     * @param accountId the account, or the empty string where the host provides the credential, or the member has none
     * @param declared how much the service takes, where its provider says so
     */
    record Taker(
            String tenant,
            String member,
            String key,
            String connectionId,
            String accountId,
            Optional<ApiLimit> declared) {}

    /** Nothing is limited. */
    static RateLimits none() {
        return taker -> Optional.empty();
    }

    /** {@link #PER_KEY} for sessions with a key, and what providers declare for all. */
    static RateLimits standard(Buckets buckets) {
        return perKey(buckets, PER_KEY);
    }

    /** The same with another rate for each key. */
    static RateLimits perKey(Buckets buckets, Rate rate) {
        return new StandardLimits(buckets, rate);
    }
}
