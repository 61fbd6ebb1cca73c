package dev.bulla.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * How a sink of the audit is, on this node.
 *
 * @param sink {@code store}, or the class of a sink of the host's
 * @param waiting how many entries it has not taken yet, calls under way included
 * @param written how many it has taken
 * @param dropped how many were given up
 * @param failingSince since when it takes nothing
 * @param writingSince since when it has been at work on what it has now; empty while it has nothing. Minutes ago: it hangs, which no
 *     failure tells
 */
public record AuditHealth(
        String sink,
        int waiting,
        long written,
        long dropped,
        Optional<Instant> failingSince,
        Optional<Instant> writingSince) {}
