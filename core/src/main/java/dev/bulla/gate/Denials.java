package dev.bulla.gate;

import java.util.concurrent.atomic.AtomicInteger;

/** How often somebody was denied something in one session, or in those that followed each other. Thread-safe. */
public final class Denials {
    private volatile AtomicInteger count = new AtomicInteger();

    public int get() {
        return count.get();
    }

    void oneMore() {
        count.incrementAndGet();
    }

    /** Counts together with another from here on. */
    public void joins(Denials other) {
        count = other.count;
    }
}
