package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * One row of the member table: which key the member has. Times are database epoch milliseconds.
 *
 * @param tenant the tenant
 * @param member the host's id of the member
 * @param keyNo counts the member's keys; 0 before the first, and it never goes back
 * @param key the active key, or null before the first and after a reset
 * @param offered a key shown to the member and not yet active, or null
 * @param rowVersion counts every change, the bumps of sealing transactions included
 * @param attempt id of the write that made these keys; bumps leave it alone
 * @param changedAt set by the store
 */
public record MemberRow(
        String tenant,
        String member,
        int keyNo,
        @Nullable KeyRow key,
        @Nullable KeyRow offered,
        long rowVersion,
        String attempt,
        long changedAt) {

    /**
     * The public half of a member key, with the proof that this library wrote it.
     *
     * @param keyNo the number of this key
     * @param publicKey the public key
     * @param mac message authentication code over tenant, member, number and key, under a term of the host ring
     * @param macTerm the term that made {@code mac}
     * @param previous the seed before this one, sealed to this one, or null
     * @param createdAt database epoch milliseconds
     */
    public record KeyRow(
            int keyNo,
            String publicKey,
            String mac,
            int macTerm,
            @Nullable Sealed previous,
            long createdAt) {}
}
