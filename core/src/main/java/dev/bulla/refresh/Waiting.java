package dev.bulla.refresh;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Pauses between two looks at a row that somebody else is changing: 10 ms with jitter for a quarter of a second, then doubling to 250 ms. */
final class Waiting {
    private static final long FIRST = Duration.ofMillis(10).toNanos();
    private static final long LONGEST = Duration.ofMillis(250).toNanos();

    private final long began = System.nanoTime();
    private final long patience;
    private long step = FIRST;

    Waiting(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** False: patience is over. */
    boolean pause() {
        long waited = System.nanoTime() - began;
        if (waited > patience) {
            return false;
        }
        if (waited > LONGEST) {
            step = Math.min(step * 2, LONGEST);
        }
        LockSupport.parkNanos(step + ThreadLocalRandom.current().nextLong(step / 2));
        return true;
    }
}
