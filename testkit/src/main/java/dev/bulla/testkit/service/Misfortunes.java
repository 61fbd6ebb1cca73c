package dev.bulla.testkit.service;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The misfortune that is ordered for coming token requests. What {@link #next} ordered comes first, in order; after that what
 * {@link #always} ordered, until {@link #reset}. Thread-safe.
 */
public final class Misfortunes {
    private final Deque<Misfortune> coming = new ArrayDeque<>();
    private @Nullable Misfortune lasting;

    Misfortunes() {}

    /** Strikes the next token requests, after whatever is ordered already. */
    public synchronized void next(int requests, Misfortune misfortune) {
        for (int i = 0; i < requests; i++) {
            coming.add(misfortune);
        }
    }

    /** Strikes the next token request. */
    public void next(Misfortune misfortune) {
        next(1, misfortune);
    }

    /** Strikes every token request until {@link #reset}. */
    public synchronized void always(Misfortune misfortune) {
        lasting = misfortune;
    }

    /** Ends all misfortune. */
    public synchronized void reset() {
        coming.clear();
        lasting = null;
    }

    /** How many ordered misfortunes have not struck yet. */
    public synchronized int left() {
        return coming.size();
    }

    synchronized @Nullable Misfortune take() {
        Misfortune first = coming.poll();
        return first != null ? first : lasting;
    }
}
