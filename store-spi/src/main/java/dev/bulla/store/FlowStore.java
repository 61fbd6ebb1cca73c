package dev.bulla.store;

import java.util.Optional;

/** Pending flows: snapshots that are taken exactly once. See {@link Store} for the rules of every verb. */
public interface FlowStore {
    /**
     * Inserts a flow that lives {@code millis} by database time. The member's row is made where it is missing: it is the lock that
     * keeps the count of open flows true.
     *
     * @param row its {@code createdAt} and {@code expiresAt} are set by the store
     * @param maxOpen how many open flows of this kind the member may have
     * @return false where the member has {@code maxOpen} open flows already; true again for the same flow
     */
    boolean insert(FlowRow row, long millis, int maxOpen);

    /** Reads a flow without taking it, whatever its age and whether or not it was taken. */
    Optional<FlowRow> peek(String tenant, String id);

    /**
     * Takes a flow. Of any number of concurrent callers exactly one gets {@code TAKEN}.
     *
     * @param by id of this attempt
     */
    Take take(String tenant, String id, String kind, String by);

    /** The answer of a take; the row comes with {@code TAKEN} alone. */
    record Take(Outcome outcome, Optional<FlowRow> row) {
        public enum Outcome {
            TAKEN,
            /** No such flow in this tenant, or of another kind. */
            UNKNOWN,
            USED,
            EXPIRED
        }
    }
}
