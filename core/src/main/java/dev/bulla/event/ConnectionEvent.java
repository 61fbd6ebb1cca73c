package dev.bulla.event;

import java.time.Instant;

/** An owner changed a connection. */
public sealed interface ConnectionEvent extends BullaEvent {
    Ref connection();

    @Override
    default String tenant() {
        return connection().tenant();
    }

    /**
     * Which connection an event is about.
     *
     * @param id opaque and stable
     * @param tenant the tenant
     * @param name the handle in every call
     * @param provider provider id
     */
    record Ref(String id, String tenant, String name, String provider) {}

    /**
     * A connection was created, or written again without being switched on or off.
     *
     * @param revision counts the owner's changes
     * @param complete whether nothing that is needed is missing
     */
    record Configured(Ref connection, Instant at, long revision, boolean complete) implements ConnectionEvent {}

    /** The owner switched it on. */
    record Enabled(Ref connection, Instant at) implements ConnectionEvent {}

    /** The owner switched it off. */
    record Disabled(Ref connection, Instant at) implements ConnectionEvent {}

    /** It is gone, with every row of an account that was left on it. */
    record Deleted(Ref connection, Instant at) implements ConnectionEvent {}
}
