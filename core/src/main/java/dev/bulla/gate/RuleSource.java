package dev.bulla.gate;

import dev.bulla.store.ConnectionRow;

/** Reads what may be called on a connection. Thread-safe. */
@FunctionalInterface
public interface RuleSource {
    /**
     * The rules as they stand in the store. Where {@code rulesNo} is 0 nothing stands there, and nothing is to be read.
     *
     * @param rulesNo the number of changes that a read has just seen
     */
    Rules read(ConnectionRow connection, long rulesNo);
}
