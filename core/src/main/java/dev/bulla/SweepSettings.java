package dev.bulla;

import java.time.Duration;

/**
 * How a {@link Sweeper} works. Immutable.
 *
 * @param every pause between two rounds; each is drawn from 80 to 120 percent of it, so that nodes do not march in step
 * @param atOnce how many accounts are refreshed at once on this node; each takes a connection of the database for moments only
 * @param atMost how many accounts a round takes at most; the next round goes on
 * @param lead how long before an account's refresh-by date {@link dev.bulla.event.AccountEvent.RefreshByAhead} is told; never more
 *     than a third of the time that the date was ahead when it was set
 */
public record SweepSettings(Duration every, int atOnce, int atMost, Duration lead) {
    public SweepSettings {
        if (every.compareTo(Duration.ofMillis(10)) < 0
                || atOnce < 1
                || atOnce > 64
                || atMost < 1
                || lead.isNegative()) {
            throw new IllegalArgumentException(
                    "a round every 10 milliseconds or more, 1 to 64 accounts at once, at least 1 in a round, a lead of 0 or more");
        }
    }

    /** Every minute, 4 at once, at most 10,000 a round, 7 days ahead. */
    public static SweepSettings standard() {
        return new SweepSettings(Duration.ofMinutes(1), 4, 10_000, Duration.ofDays(7));
    }

    public SweepSettings every(Duration value) {
        return new SweepSettings(value, atOnce, atMost, lead);
    }

    public SweepSettings atOnce(int value) {
        return new SweepSettings(every, value, atMost, lead);
    }

    public SweepSettings atMost(int value) {
        return new SweepSettings(every, atOnce, value, lead);
    }

    public SweepSettings lead(Duration value) {
        return new SweepSettings(every, atOnce, atMost, value);
    }
}
