package dev.bulla.event;

import java.time.Instant;

/** Something happened to a member, or to the member's key. A key counts from the moment it is proven, and is told of then. */
public sealed interface MemberEvent extends BullaEvent {
    String member();

    /**
     * The member has a first key, or the first one after a reset.
     *
     * @param number counts the member's keys, resets and revocations
     */
    record KeyIssued(String tenant, String member, Instant at, int number) implements MemberEvent {}

    /** A new key took the place of the former one. */
    record KeyRotated(String tenant, String member, Instant at, int number) implements MemberEvent {}

    /** The lost key was reset; the accounts that were sealed to it follow with events of their own. */
    record KeyReset(String tenant, String member, Instant at, int number) implements MemberEvent {}

    /** The member ended the key; the accounts that were sealed to it have ended before. */
    record KeyRevoked(String tenant, String member, Instant at, int number) implements MemberEvent {}

    /**
     * The member is gone, with every row of an account.
     *
     * @param accounts how many rows of accounts went
     */
    record Removed(String tenant, String member, Instant at, int accounts) implements MemberEvent {}
}
