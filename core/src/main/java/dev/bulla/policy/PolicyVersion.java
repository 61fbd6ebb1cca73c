package dev.bulla.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * One version of a policy; it never changes.
 *
 * @param id which policy: opaque, stable
 * @param version of two versions the later one has the greater; entries of the audit name it
 * @param set the policies that count together; empty for those of all members
 * @param state what it is
 * @param policy the policy; empty where this version is its deletion, or can not be read
 * @param author who wrote it, as {@code Connections.by} said; {@link Baseline#AUTHOR} for one that came with the connection
 * @param at when
 */
public record PolicyVersion(
        String id, long version, String set, State state, Optional<Policy> policy, String author, Instant at) {
    /** What a version is. */
    public enum State {
        WRITTEN,
        DELETED,
        /** It was damaged, or written by a newer version of this library: every call of the connection is denied until it is replaced. */
        UNREADABLE
    }
}
