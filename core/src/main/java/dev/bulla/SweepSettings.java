package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.time.Duration;

/**
 * How a {@link Sweeper} works. Immutable.
 *
 * @param every pause between two rounds, 10 milliseconds to a day; each is drawn from 80 to 120 percent of it, so that nodes do not march in step
 * @param atOnce how many accounts are refreshed at once on this node, 1 to 64; each takes a connection of the database for moments only
 * @param atMost how many accounts a round takes at most; the next round goes on
 * @param lead how long before an account's refresh-by date {@link dev.bulla.event.AccountEvent.RefreshByAhead} is told; never more
 *     than a third of the time that the date was ahead when it was set; 0 to 3650 days
 */
public record SweepSettings(Duration every, int atOnce, int atMost, Duration lead) {
    private static final Duration LONGEST_LEAD = Duration.ofDays(3650);

    /** @throws BullaException {@code INVALID_ARGUMENT} for what is out of these bounds */
    public SweepSettings {
        if (every.compareTo(Duration.ofMillis(10)) < 0
                || every.compareTo(Duration.ofDays(1)) > 0
                || atOnce < 1
                || atOnce > 64
                || atMost < 1) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a round every 10 milliseconds to 1 day, 1 to 64 accounts at once, at least 1 in a round");
        }
        checkLead(lead);
    }

    static void checkLead(Duration lead) {
        if (lead.isNegative() || lead.compareTo(LONGEST_LEAD) > 0) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "a lead is from 0 to 3650 days");
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
