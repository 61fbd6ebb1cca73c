package dev.bulla.model;

import java.util.List;

/**
 * What became of a save.
 *
 * @param connection the connection as it is now
 * @param ignored names that were sent and changed nothing: unknown, not settable in this mode, managed by the host, filled in by the
 *     connecting, or fixed while something is connected
 * @param refused names that were filled in and are not of the form that they must have: they keep their former value. Empty for settings,
 *     which are saved whole or not at all
 */
public record Saved(Connection connection, List<String> ignored, List<String> refused) {
    /** Names of settings that are still needed. */
    public List<String> missing() {
        return connection.missing();
    }
}
