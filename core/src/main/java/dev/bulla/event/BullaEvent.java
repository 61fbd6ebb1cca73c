package dev.bulla.event;

import java.time.Instant;

/**
 * Something that was committed. Told after the commit, by the one node that wrote, in the order in which that node wrote; never for a
 * write that did not happen. Advisory: a node that crashes, or never gets the database's answer, between commit and delivery tells nobody, so what must not be missed is read
 * with {@code changesSince}. Events carry ids and names, no secrets, and nothing that a service said in its own words. Immutable.
 */
public sealed interface BullaEvent permits AccountEvent, ConnectionEvent, MemberEvent, SetupRequiredChanged {
    String tenant();

    /** Database time as the writer knew it: that of the write, or of its last read before it. */
    Instant at();
}
