package dev.bulla.model;

import java.util.List;

/**
 * What became of a save.
 *
 * @param connection the connection as it is now
 * @param ignored names that were sent and changed nothing: unknown, not settable in this mode, or managed by the host
 */
public record Saved(Connection connection, List<String> ignored) {
    /** Names of settings that are still needed. */
    public List<String> missing() {
        return connection.missing();
    }
}
