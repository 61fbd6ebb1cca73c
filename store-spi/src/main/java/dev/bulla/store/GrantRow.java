package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * One grant of a member. Immutable.
 *
 * @param id derived from the grant's secret, which is never stored
 * @param tenant the tenant
 * @param member the member who made it
 * @param keyNo number of the member's key that it was made with; it ends with that key
 * @param tools the chosen tools, one a line; empty: all
 * @param connections the chosen connections, one a line; empty: all
 * @param sealed what the secret opens, together with the host's key
 * @param createdAt set by the store
 * @param expiresAt database epoch milliseconds; from then on it opens nothing
 * @param lastUsedAt database epoch milliseconds, or null before the first use; not more precise than its users note it
 */
public record GrantRow(
        String id,
        String tenant,
        String member,
        int keyNo,
        String tools,
        String connections,
        Sealed sealed,
        long createdAt,
        long expiresAt,
        @Nullable Long lastUsedAt) {}
