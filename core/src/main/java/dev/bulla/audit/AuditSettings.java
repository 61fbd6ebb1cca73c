package dev.bulla.audit;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the audit goes, and what happens when it can not. Immutable.
 *
 * <p>As it stands, everything goes into the host's own store and is kept for 90 days, and where that takes no entries, calls are refused
 * once the buffer is full: nobody acts unseen. A call reads the same database anyway, so this refuses little that would work.
 *
 * @param stored whether entries go into the host's store, where they can be queried
 * @param full what happens while the store takes none and the buffer is full
 * @param retention how long entries stay in the store, 1 to 3650 days
 * @param capacity how many entries wait for a sink at most, 100 to 1,000,000
 * @param sinks further sinks, each with a buffer of its own
 */
public record AuditSettings(boolean stored, WhenFull full, Duration retention, int capacity, List<Sink> sinks) {
    /** What happens to a call that can not be recorded. */
    public enum WhenFull {
        /** It is refused with {@code AUDIT_UNAVAILABLE}, and nothing is sent. */
        REFUSE,
        /** It goes on, and its entry is dropped and counted. */
        DROP
    }

    /** A sink of the host's, and what happens while it takes nothing. */
    public record Sink(AuditSink sink, WhenFull full) {}

    /** @throws BullaException {@code INVALID_ARGUMENT} for what is out of bounds */
    public AuditSettings {
        sinks = List.copyOf(sinks);
        if (retention.compareTo(Duration.ofDays(1)) < 0 || retention.compareTo(Duration.ofDays(3650)) > 0) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "an audit is kept for 1 to 3650 days");
        }
        if (capacity < 100 || capacity > 1_000_000) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "an audit's buffer takes 100 to 1,000,000 entries");
        }
    }

    /** Into the store, for 90 days; refusing; 10,000 entries may wait. */
    public static AuditSettings standard() {
        return new AuditSettings(true, WhenFull.REFUSE, Duration.ofDays(90), 10_000, List.of());
    }

    /** No audit at all. */
    public static AuditSettings off() {
        return new AuditSettings(false, WhenFull.DROP, Duration.ofDays(90), 10_000, List.of());
    }

    /** For the store. */
    public AuditSettings whenFull(WhenFull value) {
        return new AuditSettings(stored, value, retention, capacity, sinks);
    }

    public AuditSettings keptFor(Duration value) {
        return new AuditSettings(stored, full, value, capacity, sinks);
    }

    public AuditSettings capacity(int value) {
        return new AuditSettings(stored, full, retention, value, sinks);
    }

    /** Nothing goes into the store, so nothing can be queried; for a host whose sink is the only place. */
    public AuditSettings notStored() {
        return new AuditSettings(false, full, retention, capacity, sinks);
    }

    /** One sink more. */
    public AuditSettings also(AuditSink sink, WhenFull whenFull) {
        List<Sink> more = new ArrayList<>(sinks);
        more.add(new Sink(sink, whenFull));
        return new AuditSettings(stored, full, retention, capacity, more);
    }
}
