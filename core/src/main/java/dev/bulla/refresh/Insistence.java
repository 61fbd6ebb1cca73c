package dev.bulla.refresh;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Pauses between two tries of what must not be lost: 10 ms at first, doubling to 5 s, for as long as the library is open. Closing
 * leaves the time for which it waits, with short pauses. What nobody outside can change is tried for a minute.
 */
final class Insistence {
    private static final long FIRST = Duration.ofMillis(10).toNanos();
    private static final long LONGEST = Duration.ofSeconds(5).toNanos();
    private static final long SHORT = Duration.ofMillis(250).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long DRAIN = Duration.ofSeconds(30).toNanos();

    private final BooleanSupplier closing;
    private final Ticker ticker;
    private final long began;
    private long step = FIRST;
    private long told;
    private long closingSince;
    private boolean closes;

    Insistence(Ticker ticker, BooleanSupplier closing) {
        this.ticker = ticker;
        this.closing = closing;
        this.began = ticker.nanos();
        this.told = began - MINUTE;
    }

    /** Whether a minute has passed since this was last true. */
    boolean isToBeTold() {
        long now = ticker.nanos();
        if (now - told < MINUTE) {
            return false;
        }
        told = now;
        return true;
    }

    /**
     * False: it is over.
     *
     * @param outside whether somebody else can end the trouble
     */
    boolean pause(boolean outside) {
        long start = ticker.nanos();
        if (isOver(start) || !outside && start - began > MINUTE) {
            return false;
        }
        long length = step + ThreadLocalRandom.current().nextLong(step / 2);
        step = Math.min(step * 2, LONGEST);
        for (long left = length; left > 0; left = length - (ticker.nanos() - start)) {
            ticker.park(Math.min(left, SHORT));
            Thread.interrupted(); // the library's own thread: nobody has anything to say to it but close
            if (closes()) {
                break;
            }
        }
        return true;
    }

    private boolean isOver(long now) {
        return closes() && now - closingSince > DRAIN;
    }

    private boolean closes() {
        if (!closes && closing.getAsBoolean()) {
            closes = true;
            closingSince = ticker.nanos();
        }
        return closes;
    }
}
