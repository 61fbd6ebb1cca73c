package dev.bulla.refresh;

import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.Views;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a caller is told about an account that can not be used as it stands. */
public final class Standing {
    private Standing() {}

    /** Null where nothing in status and reason speaks against a use. */
    public static @Nullable CredentialUnavailable refusal(String status, @Nullable String reason) {
        return switch (Views.status(status)) {
            case ACTIVE -> null;
            case PENDING -> choiceMissing();
            case RECONNECT_REQUIRED -> reconnect(reason == null ? "" : reason);
            case DISCONNECTED -> notConnected();
        };
    }

    /** Whether the last try to refresh what the row holds came to nothing, and was not merely put off to the end of the token. */
    static boolean hasFailed(AccountRow row) {
        boolean ended = !row.claim().by().isEmpty() && row.claim().until() == 0;
        return ended && !Objects.equals(row.refreshAt(), row.expiresAt());
    }

    /** Whether a refresh failed, and the next try is still ahead. */
    public static boolean isBackingOff(AccountRow row) {
        return hasFailed(row) && row.refreshAt() != null && row.refreshAt() > row.now();
    }

    /** What a caller is told who needs a fresh token before the next try: who must act, where the last one said so. */
    static BullaException backingOff(@Nullable String reason) {
        return Reason.APP_REFUSED.code().equals(reason)
                ? new CredentialUnavailable(
                        ErrorCode.APP_REFUSED, Reason.APP_REFUSED.code(), "the service refuses the connection's app")
                : new BullaException(
                        ErrorCode.PROVIDER_UNAVAILABLE, "the last refresh failed; the next try is not due yet");
    }

    /** The reason of an account without what holds until the next try only, and hid what stood there. */
    static @Nullable String lasting(AccountRow row, ConnectionRow connection) {
        if (!Reason.APP_REFUSED.code().equals(row.reason())) {
            return row.reason();
        }
        boolean partial = !row.scopes().isEmpty()
                && !Views.without(Views.words(connection.scopes()), Views.words(row.scopes()))
                        .isEmpty();
        return partial ? Reason.SCOPES_MISSING.code() : null;
    }

    /** As {@link #refusal}; but what waits for a choice is kept fresh meanwhile. */
    static @Nullable CredentialUnavailable unrefreshable(String status, @Nullable String reason) {
        return Views.status(status) == AccountStatus.PENDING ? null : refusal(status, reason);
    }

    public static CredentialUnavailable choiceMissing() {
        return new CredentialUnavailable(
                ErrorCode.SELECTION_PENDING,
                Reason.SELECTION_PENDING.code(),
                "the member must choose first what the account stands for");
    }

    public static CredentialUnavailable reconnect(String reason) {
        return new CredentialUnavailable(
                ErrorCode.RECONNECT_REQUIRED,
                reason,
                Views.reason(reason).map(Reason::advice).orElse(null),
                "the member must connect again: " + reason);
    }

    public static CredentialUnavailable notConnected() {
        return new CredentialUnavailable(ErrorCode.NOT_CONNECTED, "", "the member has no account on this connection");
    }
}
