package dev.bulla.event;

import java.time.Instant;
import java.util.List;

/** A connection changed: an owner changed it, or its provider asks for something else. */
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

    /**
     * The provider asks the owner or, in a form, each member for other fields than when the connection was last looked at: fields came,
     * went, or became secret or required. That is so where another version of the library or of the host's own provider runs, and is
     * noticed, and told once, when the connection is read or saved through {@code Connections}, or listed for a member. Where a field that
     * is required now is missing, members can not use the connection until it is saved. While nodes of both versions run, it may be told
     * in turns.
     *
     * @param missing names of settings that are missing now, as in {@code Connection.missing}
     */
    record FormChanged(Ref connection, Instant at, List<String> missing) implements ConnectionEvent {
        public FormChanged {
            missing = List.copyOf(missing);
        }
    }

    /**
     * A policy was written or deleted. Those that come with a connection are not told.
     *
     * @param policy id of the policy
     * @param name its name; after its deletion the last one
     * @param version the version that was written
     * @param deleted whether that is its deletion
     * @param author who did it, as {@code Connections.by} said
     */
    record PolicyChanged(
            Ref connection, Instant at, String policy, String name, long version, boolean deleted, String author)
            implements ConnectionEvent {}

    /** It is gone, with every row of an account that was left on it. */
    record Deleted(Ref connection, Instant at) implements ConnectionEvent {}
}
