package dev.bulla.trail;

import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditEntry.Result;
import dev.bulla.audit.AuditHealth;
import dev.bulla.audit.AuditSettings;
import dev.bulla.audit.AuditSettings.WhenFull;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes down what was decided and what was changed. Nothing here waits for a sink: entries go into a buffer, one for each sink, and a
 * thread of the library's own writes them, many at once, a twentieth of a second later at most while the sink is quick.
 *
 * <p>A call that is let through takes its room in the buffer before it is sent, so that what was sent can be written down. A process that
 * is killed loses what it had not yet written, and so the calls of its last moment; one that is closed loses nothing that its sinks take.
 * A change of a credential is taken down after its commit, in room of its own that calls can not use up. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final List<Feed> feeds;
    private final Clock clock;

    /**
     * @param dropped is told of each entry that is lost
     * @param failed is told of each time that a sink fails
     */
    public AuditTrail(AuditSettings settings, Store store, Clock clock, Runnable dropped, Runnable failed) {
        List<Feed> made = new ArrayList<>();
        if (settings.stored()) {
            made.add(new Feed(
                    "store", new StoreSink(store), settings.full(), settings.capacity(), clock, dropped, failed));
        }
        settings.sinks()
                .forEach(sink -> made.add(new Feed(
                        sink.sink().getClass().getName(),
                        sink.sink(),
                        sink.full(),
                        settings.capacity(),
                        clock,
                        dropped,
                        failed)));
        feeds = List.copyOf(made);
        this.clock = clock;
    }

    /** Whether anybody takes anything down. */
    public boolean isOn() {
        return !feeds.isEmpty();
    }

    /** The time of entries that bring none. */
    public Clock clock() {
        return clock;
    }

    /**
     * For a call that is about to be sent.
     *
     * @param entry as it is so far; without a result
     * @throws BullaException {@code AUDIT_UNAVAILABLE} where it could not be written down
     */
    public Open begin(AuditEntry entry) {
        List<Feed> taken = new ArrayList<>(feeds.size());
        List<Feed> full = new ArrayList<>(0);
        feeds.forEach(feed -> (feed.reserve() ? taken : full).add(feed));
        if (full.stream().anyMatch(feed -> feed.full() == WhenFull.REFUSE)) {
            taken.forEach(Feed::giveBack);
            throw new BullaException(ErrorCode.AUDIT_UNAVAILABLE, "the audit takes no entries, so nothing was sent");
        }
        full.forEach(feed -> feed.missed(entry.tenant()));
        return new Open(entry, taken);
    }

    /** For what was refused: one entry, or where the buffer is nearly full, none, counted. */
    public void denied(AuditEntry entry) {
        feeds.forEach(feed -> feed.denied(entry));
    }

    /** For what was refused to a member who asks too often: it is counted, and how many there were is told within some seconds. */
    public void skipped(String tenant, String member) {
        feeds.forEach(feed -> feed.skipped(tenant, member));
    }

    /** For what was changed, after its commit. */
    public void changed(AuditEntry entry) {
        feeds.forEach(feed -> feed.changed(entry));
    }

    /** Waits until what was taken down on this node is written; at most two seconds, and not while a sink fails or hangs. */
    public void settle() {
        feeds.stream().filter(feed -> feed.sink() instanceof StoreSink).forEach(feed -> feed.settle(SETTLE));
    }

    /** How each sink is. */
    public List<AuditHealth> health() {
        return feeds.stream().map(Feed::health).toList();
    }

    /** Waits, at most five seconds, until calls under way have ended and the sinks have taken what there is. */
    @Override
    public void close() {
        feeds.forEach(Feed::end);
        long until = System.nanoTime() + DRAIN.toNanos();
        feeds.forEach(feed -> feed.join(until - System.nanoTime()));
    }

    /** A call under way. Ends once, by one thread. */
    public static final class Open implements AutoCloseable {
        private final AuditEntry entry;
        private final List<Feed> taken;
        private final long start = System.nanoTime();
        private boolean ended;

        private Open(AuditEntry entry, List<Feed> taken) {
            this.entry = entry;
            this.taken = taken;
        }

        /** Of the entry. */
        public String id() {
            return entry.id();
        }

        /** The service has answered. */
        public void answered(int status) {
            end(status, Result.ANSWERED);
        }

        /** @param outcome what the answer says of itself, where its status says less */
        public void answered(int status, String outcome) {
            end(status, outcome);
        }

        /** @param outcome code of the error that came in place of an answer */
        public void failed(String outcome) {
            end(0, outcome);
        }

        /** Where nobody has said what came of it. */
        @Override
        public void close() {
            end(0, Result.UNKNOWN);
        }

        private void end(int status, String outcome) {
            if (ended) {
                return;
            }
            ended = true;
            AuditEntry whole = entry.with(new Result(Duration.ofNanos(System.nanoTime() - start), status, outcome));
            taken.forEach(feed -> feed.put(whole));
        }
    }
}
