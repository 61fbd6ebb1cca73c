package dev.bulla.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A grant of a member, as it may be shown: nothing in it opens anything.
 *
 * @param id names it; the grant's text can not be computed from it
 * @param tools names of the tools that it is for, as they were when it was made; empty: all
 * @param connections names of the connections that it is for, likewise; empty: all
 * @param createdAt when it was made
 * @param expiresAt when it ends, by database time
 * @param lastUsedAt when it was used last, to about a minute; empty before the first use
 */
public record Granted(
        String id,
        Set<String> tools,
        Set<String> connections,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> lastUsedAt) {
    public Granted {
        tools = Set.copyOf(tools);
        connections = Set.copyOf(connections);
    }
}
