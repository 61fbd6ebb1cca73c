package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * One version of a policy; it never changes. Times are database epoch milliseconds.
 *
 * @param tenant the tenant
 * @param connectionId the connection that it is about
 * @param set name of the policies that count together; empty for those that count for every member
 * @param id which policy: opaque, random, never reused
 * @param version the number of the connection's rules that it made; of two versions of a policy the later one has the greater
 * @param body the policy as JSON, opaque to the store; null where this version is its deletion
 * @param author who wrote it
 * @param attempt id of the write
 * @param at set by the store
 */
public record PolicyRow(
        String tenant,
        String connectionId,
        String set,
        String id,
        long version,
        @Nullable String body,
        String author,
        String attempt,
        long at) {}
