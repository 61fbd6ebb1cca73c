package dev.bulla.event;

import java.time.Instant;

/**
 * A tenant became set up, or is so no longer. Owners who change two connections at once may both tell it.
 *
 * @param required whether a required connection still misses something, as in {@code Connections.setupRequired}
 */
public record SetupRequiredChanged(String tenant, Instant at, boolean required) implements BullaEvent {}
