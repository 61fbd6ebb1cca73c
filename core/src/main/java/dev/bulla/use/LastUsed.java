package dev.bulla.use;

import dev.bulla.store.AccountStore.Used;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers last-used times, to the second, so that many go together, and writes them every few seconds, and at the end. Best effort.
 * Thread-safe.
 */
public final class LastUsed {
    private static final Logger LOG = LoggerFactory.getLogger(LastUsed.class);
    private static final long EVERY_MILLIS = 5_000;
    private static final long PRECISION_MILLIS = 1_000;

    private final Store store;
    private final Executor executor;
    private final ConcurrentHashMap<String, Used> pending = new ConcurrentHashMap<>();
    private final AtomicLong written = new AtomicLong();

    public LastUsed(Store store, Executor executor) {
        this.store = store;
        this.executor = executor;
    }

    /** A second that is gathered already is not gathered again: most uses of a busy account cost one look here. */
    void note(String tenant, String accountId, long now) {
        Used known = pending.get(accountId);
        if (known == null || now - known.at() >= PRECISION_MILLIS) {
            pending.merge(
                    accountId,
                    new Used(tenant, accountId, now - now % PRECISION_MILLIS),
                    (old, fresh) -> fresh.at() > old.at() ? fresh : old);
        }
        long last = written.get();
        if (now - last >= EVERY_MILLIS && written.compareAndSet(last, now)) {
            try {
                executor.execute(this::flush);
            } catch (RejectedExecutionException e) {
                LOG.debug("closing: last-used times are written at the end");
            }
        }
    }

    /** Writes what is gathered. */
    public void flush() {
        List<Used> batch = List.copyOf(pending.values());
        batch.forEach(used -> pending.remove(used.id(), used));
        if (!batch.isEmpty()) {
            try {
                store.accounts().touch(batch);
            } catch (StoreException e) {
                LOG.warn("{} last-used times were not written: {}", batch.size(), e.kind());
            }
        }
    }
}
