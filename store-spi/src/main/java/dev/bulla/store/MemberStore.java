package dev.bulla.store;

import java.util.Optional;

/** Members and their key rows. See {@link Store} for the rules of every verb. */
public interface MemberStore {
    Optional<MemberRow> find(String tenant, String member);

    /**
     * Reads the member's row and makes it (key number 0, version 1) where it is missing. Safe against concurrent callers. A row is
     * needed before anything can be sealed for a member, because sealing transactions lock it by bumping it.
     */
    MemberRow findOrCreate(String tenant, String member);

    /**
     * Replaces key number, key and offered key where key number, active key and offered key are still those of {@code read}
     * (a bump by a sealing transaction in between does not matter).
     */
    Write update(MemberRow read, MemberRow next);

    /** Deletes the member: accounts, pending flows and the row itself. Answers how many accounts went. */
    int remove(String tenant, String member);
}
