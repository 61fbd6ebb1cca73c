package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * One row of the connection table. Times are database epoch milliseconds.
 *
 * @param id opaque, random, never reused
 * @param tenant the tenant that owns the connection
 * @param name unique within the tenant
 * @param provider provider id
 * @param mode how accounts are authorised; opaque to the store
 * @param enabled whether the owner lets it be used
 * @param complete whether nothing that is needed is missing
 * @param required whether the tenant counts as set up only when this connection is complete
 * @param revision counts the owner's changes
 * @param appId the app registration that new accounts use, or null where none is saved yet
 * @param scopes requested scopes, joined by one blank
 * @param settings plain fields as JSON; never a secret
 * @param sealed secrets of the connection (host credential, webhook secret), host-sealed, or null
 * @param sealNo counts the contents of {@code sealed}
 * @param rowVersion counts every change
 * @param attempt id of the write that made this version
 * @param rulesNo counts the changes of what may be called here: policies and tools. Set by the store, with each of them; 0 before the
 *     first
 * @param createdAt set by the store
 * @param changedAt set by the store
 */
public record ConnectionRow(
        String id,
        String tenant,
        String name,
        String provider,
        String mode,
        boolean enabled,
        boolean complete,
        boolean required,
        long revision,
        @Nullable String appId,
        String scopes,
        String settings,
        @Nullable Sealed sealed,
        long sealNo,
        long rowVersion,
        String attempt,
        long rulesNo,
        long createdAt,
        long changedAt) {
    /** The same row, complete or not. */
    public ConnectionRow withComplete(boolean value) {
        return new ConnectionRow(
                id,
                tenant,
                name,
                provider,
                mode,
                enabled,
                value,
                required,
                revision,
                appId,
                scopes,
                settings,
                sealed,
                sealNo,
                rowVersion,
                attempt,
                rulesNo,
                createdAt,
                changedAt);
    }

    /** The same row, with another count of changes of policies and tools. */
    public ConnectionRow withRulesNo(long value) {
        return new ConnectionRow(
                id,
                tenant,
                name,
                provider,
                mode,
                enabled,
                complete,
                required,
                revision,
                appId,
                scopes,
                settings,
                sealed,
                sealNo,
                rowVersion,
                attempt,
                value,
                createdAt,
                changedAt);
    }
}
