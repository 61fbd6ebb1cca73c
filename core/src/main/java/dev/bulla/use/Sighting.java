package dev.bulla.use;

import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.AccountGlance;
import dev.bulla.store.ConnectionRow;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a name at one call: the connection, and the account where the member has one. It is good for that call only.
 *
 * @param connection as it is at this call
 * @param enabled whether it is switched on and complete
 * @param rulesNo counts the changes of what may be called here
 * @param glance the account, or null where the member has none, or the host provides the credential
 * @param found what was read on the way, or null
 */
public record Sighting(
        ConnectionRow connection,
        boolean enabled,
        long rulesNo,
        @Nullable AccountGlance glance,
        Lookup.@Nullable Found found) {
    /** A connection without an account of the member, read just now. */
    static Sighting ofConnection(ConnectionRow row) {
        return new Sighting(row, row.enabled() && row.complete(), row.rulesNo(), null, null);
    }

    /** @throws CredentialUnavailable {@code NOT_ENABLED} where it is switched off or incomplete */
    public void refuseDisabled() {
        if (!enabled) {
            throw disabled();
        }
    }

    static CredentialUnavailable disabled() {
        return new CredentialUnavailable(ErrorCode.NOT_ENABLED, "", "the connection is switched off or incomplete");
    }

    /** What a session knows of a name from one call to the next. */
    record Name(String accountId, ConnectionRow connection) {}
}
