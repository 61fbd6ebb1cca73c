package dev.bulla.refresh;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between two looks at a row that somebody else is changing: 10 ms with jitter for a quarter of a second, then doubling to 250 ms. */
final class Waiting {
    private static final long FIRST = Duration.ofMillis(10).toNanos();
    private static final long LONGEST = Duration.ofMillis(250).toNanos();

    private final Ticker ticker;
    private final long began;
    private final long patience;
    private long step = FIRST;

    Waiting(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.began = ticker.nanos();
        this.patience = patience.toNanos();
    }

    /** False: patience is over. */
    boolean pause() {
        long waited = ticker.nanos() - began;
        if (waited > patience) {
            return false;
        }
        if (waited > LONGEST) {
            step = Math.min(step * 2, LONGEST);
        }
        ticker.park(step + ThreadLocalRandom.current().nextLong(step / 2));
        return true;
    }
}
