package dev.bulla.hook;

import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.WebhookRow;
import dev.bulla.store.WebhookStore.Counted;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers counts, so that nobody can make the database write by sending rubbish. Best effort; thread-safe. */
public final class Tally {
    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    private final Store store;
    private final ConcurrentHashMap<String, Counted> pending = new ConcurrentHashMap<>();

    public Tally(Store store) {
        this.store = store;
    }

    void accepted(WebhookRow row, long now) {
        add(new Counted(row.tenant(), row.id(), 1, 0, now, 0));
    }

    void refused(WebhookRow row, long now) {
        add(new Counted(row.tenant(), row.id(), 0, 1, 0, now));
    }

    private void add(Counted one) {
        pending.merge(
                one.id(),
                one,
                (old, more) -> new Counted(
                        old.tenant(),
                        old.id(),
                        old.accepted() + more.accepted(),
                        old.refused() + more.refused(),
                        Math.max(old.acceptedAt(), more.acceptedAt()),
                        Math.max(old.refusedAt(), more.refusedAt())));
    }

    /** Writes what is gathered. */
    public void flush() {
        List<Counted> batch = pending.keySet().stream()
                .map(pending::remove)
                .filter(Objects::nonNull)
                .toList();
        if (!batch.isEmpty()) {
            try {
                store.webhooks().count(batch);
            } catch (StoreException e) {
                LOG.warn("counts of {} webhooks were not written: {}", batch.size(), e.kind());
            }
        }
    }
}
