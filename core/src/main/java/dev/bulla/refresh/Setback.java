package dev.bulla.refresh;

import java.time.Duration;

/**
 * A token set whose turn in a flight came to nothing, and which is left alone until its next try, whatever the other sets bring.
 *
 * @param attempt the try that failed
 * @param nextTry when it may be tried again, by database time
 */
record Setback(String attempt, long nextTry) {
    /** As long as a token is held back before its end, and as long again for a sweep to come by. */
    private static final long MARGIN = Duration.ofMinutes(2).toMillis();

    /** Whether another set lives well beyond the next try. */
    boolean isWaitedFor(Turn other) {
        return !other.ended(nextTry + MARGIN);
    }
}
