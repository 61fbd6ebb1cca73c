package dev.bulla.audit;

import java.util.List;

/**
 * Where entries go. It is called by one thread of the library's own, with at most 500 entries, in the order in which they were made on
 * this node; what comes meanwhile waits, within bounds. Implementations never call back into the library.
 */
@FunctionalInterface
public interface AuditSink {
    /**
     * Writes all of them, or throws: then the same entries come again, after a pause, until they are taken. So entries may come twice, and
     * an implementation tells them by their ids.
     *
     * @throws IllegalArgumentException where an entry itself can not be taken: fewer come then, until it comes alone and is given up
     */
    void write(List<AuditEntry> entries);
}
