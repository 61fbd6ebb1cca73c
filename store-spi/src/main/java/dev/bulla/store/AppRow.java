package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * One OAuth app registration that an owner saved on a connection. An app stays while an account needs it, also after the owner
 * has saved a newer one. Times are database epoch milliseconds.
 *
 * @param id opaque, random, never reused
 * @param tenant the tenant of the connection
 * @param connectionId the connection that it belongs to
 * @param clientId the client id, in clear
 * @param sealed the client secret, host-sealed, or null for a public client
 * @param sealNo counts the contents of {@code sealed}
 * @param retired whether the owner has retired it
 * @param createdAt set by the store
 */
public record AppRow(
        String id,
        String tenant,
        String connectionId,
        String clientId,
        @Nullable Sealed sealed,
        long sealNo,
        boolean retired,
        long createdAt) {}
