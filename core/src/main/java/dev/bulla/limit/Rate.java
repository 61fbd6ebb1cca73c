package dev.bulla.limit;

import java.time.Duration;

/**
 * So many at once, and one more each so often.
 *
 * @param burst how many at once
 * @param every after what time there is one more; a millisecond at least
 */
public record Rate(int burst, Duration every) {
    public Rate {
        if (burst < 1 || every.compareTo(Duration.ofMillis(1)) < 0 || every.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a rate is at least one at once, and one more each 1 ms to 1 day");
        }
    }

    /**
     * So many at once, and as many again in each such time, evenly: in the first one up to twice as many. Of a service that counts strictly
     * say half of what it takes.
     */
    public static Rate of(int calls, Duration in) {
        return new Rate(calls, calls < 1 ? in : in.dividedBy(calls));
    }

    /**
     * What a service may let through that takes so many in windows, each of which begins anew: those of two windows can come at once, at
     * the end of one and the beginning of the other. What is beyond that is surely refused there.
     */
    public static Rate window(int calls, Duration window) {
        return new Rate(2 * calls, of(calls, window).every());
    }

    /** From empty to full. */
    long fullMillis() {
        return burst * every.toMillis();
    }
}
