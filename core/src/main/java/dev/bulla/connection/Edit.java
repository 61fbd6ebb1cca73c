package dev.bulla.connection;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Sealed;
import org.jspecify.annotations.Nullable;

/** A row as it is to be written next: the version that was read, under the id of a new attempt. */
final class Edit {
    private Edit() {}

    /** By the owner: switched on or off. */
    static ConnectionRow enabled(ConnectionRow row, boolean enabled) {
        return owner(
                row, enabled, row.required(), row.appId(), row.scopes(), row.settings(), row.sealed(), row.sealNo());
    }

    /** By nobody: the client that new consents used is not known any more. */
    static ConnectionRow withoutApp(ConnectionRow row) {
        return owner(
                row, row.enabled(), row.required(), null, row.scopes(), row.settings(), row.sealed(), row.sealNo());
    }

    /** By the owner: another revision. */
    static ConnectionRow owner(
            ConnectionRow row,
            boolean enabled,
            boolean required,
            @Nullable String appId,
            String scopes,
            String settings,
            @Nullable Sealed sealed,
            long sealNo) {
        return new ConnectionRow(
                row.id(),
                row.tenant(),
                row.name(),
                row.provider(),
                row.mode(),
                enabled,
                row.complete(),
                required,
                row.revision() + 1,
                appId,
                scopes,
                settings,
                sealed,
                sealNo,
                row.rowVersion(),
                Ids.id(),
                row.rulesNo(),
                row.createdAt(),
                row.changedAt());
    }

    /** The same edit, with these secrets. */
    static ConnectionRow secrets(ConnectionRow row, @Nullable String appId, @Nullable Sealed sealed, long sealNo) {
        return new ConnectionRow(
                row.id(),
                row.tenant(),
                row.name(),
                row.provider(),
                row.mode(),
                row.enabled(),
                row.complete(),
                row.required(),
                row.revision(),
                appId,
                row.scopes(),
                row.settings(),
                sealed,
                sealNo,
                row.rowVersion(),
                row.attempt(),
                row.rulesNo(),
                row.createdAt(),
                row.changedAt());
    }

    /** By nobody: what the row says of the provider's form. */
    static ConnectionRow form(ConnectionRow row, String settings, boolean complete) {
        return new ConnectionRow(
                row.id(),
                row.tenant(),
                row.name(),
                row.provider(),
                row.mode(),
                row.enabled(),
                complete,
                row.required(),
                row.revision(),
                row.appId(),
                row.scopes(),
                settings,
                row.sealed(),
                row.sealNo(),
                row.rowVersion(),
                Ids.id(),
                row.rulesNo(),
                row.createdAt(),
                row.changedAt());
    }
}
