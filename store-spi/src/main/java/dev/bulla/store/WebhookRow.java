package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a service sends the webhooks of one connection. Times are database epoch milliseconds.
 *
 * @param id opaque, random, never reused: it stands in the address
 * @param tenant the tenant of the connection
 * @param connectionId the connection; it has one such row at most
 * @param sealed what webhooks are verified with and what was registered for them, host-sealed, or null where nothing is saved yet
 * @param sealNo counts the contents of {@code sealed}
 * @param accepted counts what was taken
 * @param refused counts what proved nothing
 * @param acceptedAt when the last was taken, or null
 * @param refusedAt when the last was refused, or null
 * @param rowVersion counts every change of an owner
 * @param attempt id of the write that made this version
 * @param createdAt set by the store
 */
public record WebhookRow(
        String id,
        String tenant,
        String connectionId,
        @Nullable Sealed sealed,
        long sealNo,
        long accepted,
        long refused,
        @Nullable Long acceptedAt,
        @Nullable Long refusedAt,
        long rowVersion,
        String attempt,
        long createdAt) {}
