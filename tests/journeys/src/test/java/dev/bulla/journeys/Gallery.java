package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A sink that takes entries, or none, as a test wants it. */
final class Gallery implements AuditSink {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<AuditEntry> taken = new ArrayList<>();
    private boolean closed;
    private int largest;
    private String refused = "none";

    @Override
    public void write(List<AuditEntry> entries) {
        alone(() -> {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            if (entries.stream().anyMatch(entry -> entry.act().path().equals(refused))) {
                throw new IllegalArgumentException("refused");
            }
            largest = Math.max(largest, entries.size());
            taken.addAll(entries);
        });
    }

    private void alone(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        alone(() -> closed = true);
    }

    void open() {
        alone(() -> closed = false);
    }

    void refuse(String path) {
        alone(() -> refused = path);
    }

    int largest() {
        return largest;
    }

    List<AuditEntry> all() {
        List<AuditEntry> all = new ArrayList<>();
        alone(() -> all.addAll(taken));
        return all;
    }

    List<AuditEntry> uses() {
        List<AuditEntry> uses =
                all().stream().filter(entry -> entry.act().action().isUse()).toList();
        assertThat(uses).extracting(AuditEntry::id).isSorted();
        return uses;
    }
}
