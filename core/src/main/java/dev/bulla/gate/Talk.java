package dev.bulla.gate;

import dev.bulla.audit.SessionRecord;
import dev.bulla.connection.Ids;
import java.util.concurrent.atomic.AtomicInteger;

/** What audits and policies take for one session: the calls of one bearer that go together. Thread-safe. */
public final class Talk {
    private final AtomicInteger denials;
    private volatile String id = Ids.id();
    private volatile long usedAt;

    Talk(AtomicInteger denials, long now) {
        this.denials = denials;
        this.usedAt = now;
    }

    /** One that goes together with no other. */
    public static Talk alone() {
        return new Talk(new AtomicInteger(), 0);
    }

    /** Random; it opens nothing. */
    public String id() {
        return id;
    }

    AtomicInteger denials() {
        return denials;
    }

    public void use(long now) {
        usedAt = now;
    }

    boolean isOver(long now) {
        return now - usedAt >= SessionRecord.IDLE.toMillis();
    }

    /** Ends it: from now on this is another one, in which nothing was denied. */
    void reset() {
        id = Ids.id();
        denials.set(0);
    }
}
