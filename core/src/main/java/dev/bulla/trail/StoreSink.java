package dev.bulla.trail;

import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditSink;
import dev.bulla.store.Store;
import java.util.List;

/** The sink that can be queried: the host's own store. */
final class StoreSink implements AuditSink {
    private final Store store;

    StoreSink(Store store) {
        this.store = store;
    }

    @Override
    public void write(List<AuditEntry> entries) {
        store.audits().insert(entries.stream().map(EntryRow::of).toList());
    }
}
