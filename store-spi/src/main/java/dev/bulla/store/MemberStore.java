package dev.bulla.store;

import java.util.Optional;

/** Members and their key rows. See {@link Store} for the rules of every verb. */
public interface MemberStore {
    Optional<MemberRow> find(String tenant, String member);

    /**
     * The member whose active key has this public half, else the one to whom it is offered. That the row is genuine is for the caller
     * to say: whoever can write the database can write any public key into any row.
     */
    Optional<MemberRow> findByKey(String tenant, String publicKey);

    /**
     * Reads the member's row and makes it (key number 0, version 1) where it is missing. Safe against concurrent callers. A row is
     * needed before anything can be sealed for a member, because sealing transactions lock it by bumping it.
     */
    MemberRow findOrCreate(String tenant, String member);

    /**
     * Replaces key number, key and offered key where key number, active key and offered key are still those of {@code read}
     * (a bump by a sealing transaction in between does not matter). Where that changes the active key, grants made with another go.
     */
    Write update(MemberRow read, MemberRow next);

    /** Deletes the member: accounts, grants, pending flows and the row itself. Answers how many accounts went. */
    int remove(String tenant, String member);
}
