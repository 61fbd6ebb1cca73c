package dev.bulla.store;

/**
 * One pending step of a member: an authorisation under way, or a choice that completes one. Immutable; taken exactly once.
 *
 * @param id SHA-256 of the state, base64url; the state itself is never stored
 * @param tenant the tenant
 * @param member the member who started it
 * @param kind what is pending; opaque to the store
 * @param connectionId the connection
 * @param browser SHA-256 of the browser secret, base64url
 * @param sealed the snapshot, host-sealed
 * @param createdAt set by the store
 * @param expiresAt database epoch milliseconds; from then on the row can not be taken
 */
public record FlowRow(
        String id,
        String tenant,
        String member,
        String kind,
        String connectionId,
        String browser,
        Sealed sealed,
        long createdAt,
        long expiresAt) {}
