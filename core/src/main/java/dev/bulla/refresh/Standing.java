package dev.bulla.refresh;

import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import org.jspecify.annotations.Nullable;

/** What a caller is told about an account that can not be used as it stands. */
public final class Standing {
    private Standing() {}

    /** Null where nothing in status and reason speaks against a use. */
    public static @Nullable CredentialUnavailable refusal(String status, @Nullable String reason) {
        return switch (AccountStatus.valueOf(status)) {
            case ACTIVE -> null;
            case PENDING ->
                new CredentialUnavailable(
                        ErrorCode.SELECTION_PENDING, Reason.SELECTION_PENDING.code(), "a choice is pending");
            case RECONNECT_REQUIRED -> reconnect(reason == null ? "" : reason);
            case DISCONNECTED -> notConnected();
        };
    }

    public static CredentialUnavailable reconnect(String reason) {
        return new CredentialUnavailable(
                ErrorCode.RECONNECT_REQUIRED, reason, "the member must connect again: " + reason);
    }

    public static CredentialUnavailable notConnected() {
        return new CredentialUnavailable(ErrorCode.NOT_CONNECTED, "", "the member has no account on this connection");
    }
}
