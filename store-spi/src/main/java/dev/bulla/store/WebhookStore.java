package dev.bulla.store;

import java.util.Collection;
import java.util.Optional;

/**
 * Where services send webhooks, and what has come already. They go with their connection. See {@link Store} for the rules of every verb; the
 * tenant of an address is told by {@link UpkeepStore#webhook}.
 */
public interface WebhookStore {
    Optional<WebhookRow> find(String tenant, String connectionId);

    /**
     * Adds the row, at version 1 and with nothing counted.
     *
     * @return MOVED where the connection has one, or is gone
     */
    Write insert(WebhookRow row);

    /** Replaces what is sealed, where the version is still {@code row.rowVersion()}. */
    Write update(WebhookRow row);

    /**
     * Deletes the row, and what has come to it, where the version is still {@code rowVersion}.
     *
     * <p>There is no attempt id: called again after it was done, it answers MOVED, because the row is gone.
     */
    Write delete(String tenant, String connectionId, long rowVersion);

    /**
     * Remembers a delivery, unless it is remembered already: of all who ask at once, on all nodes, one is told yes.
     *
     * @param id of the row of this tenant
     * @param digest what tells the delivery from others, at most 64 characters
     * @param attempt id of this call: repeated, it answers the same
     * @param millis how long it is remembered
     * @return whether it is the first
     */
    boolean isFirst(String tenant, String id, String digest, String attempt, long millis);

    /** Adds to what rows count; a row that is gone is left out. Best effort: repeated after an unknown outcome, it may count twice. */
    void count(Collection<Counted> more);

    /**
     * What to add for one row.
     *
     * @param acceptedAt 0 for none
     * @param refusedAt 0 for none
     */
    record Counted(String tenant, String id, long accepted, long refused, long acceptedAt, long refusedAt) {}
}
