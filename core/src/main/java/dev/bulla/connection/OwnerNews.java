package dev.bulla.connection;

import dev.bulla.notice.Notices;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of an owner's writes once they are committed, and whether the tenant counts as set up since. Thread-safe. */
final class OwnerNews {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerNews.class);

    private final Store store;
    private final Notices notices;

    OwnerNews(Store store, Notices notices) {
        this.store = store;
        this.notices = notices;
    }

    /** Database time, asked before the write. */
    long before() {
        return notices.before();
    }

    void created(ConnectionRow row, String by, long at) {
        notices.configured(row, by, at);
        setup(row, false, lacks(row), at);
    }

    void changed(ConnectionRow before, ConnectionRow after, String by, long at) {
        if (before.enabled() != after.enabled()) {
            notices.switched(after, by, at);
        } else {
            notices.configured(after, by, at);
        }
        setup(after, lacks(before), lacks(after), at);
    }

    void formChanged(ConnectionRow before, ConnectionRow after, List<String> missing, long at) {
        notices.formChanged(after, missing, at);
        setup(after, lacks(before), lacks(after), at);
    }

    void deleted(ConnectionRow before, String by, long at) {
        notices.deleted(before, by, at);
        setup(before, lacks(before), false, at);
    }

    void retired(ConnectionRow row, int apps, String by) {
        notices.appsRetired(row, apps, by);
    }

    /** Whether the tenant counts as not set up because of it. */
    private static boolean lacks(ConnectionRow row) {
        return row.required() && !(row.enabled() && row.complete());
    }

    /** Looks after the write, so that of two owners who write at once the later one sees both. */
    private void setup(ConnectionRow row, boolean lacked, boolean lacks, long at) {
        if (lacked == lacks || !notices.isWanted()) {
            return;
        }
        try {
            boolean others = store.connections().list(row.tenant()).stream()
                    .anyMatch(other -> !other.id().equals(row.id()) && lacks(other));
            if (!others) {
                notices.setupRequired(row.tenant(), lacks, at);
            }
        } catch (StoreException e) {
            LOG.warn("whether tenant {} is set up was not told: {}", row.tenant(), e.kind());
        }
    }
}
