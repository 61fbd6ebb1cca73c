package dev.bulla.error;

import org.jspecify.annotations.Nullable;

/** A member's credential can not be used now. {@link #code()}, {@link #reason()} and {@link #advice()} say what to tell whom. */
public final class CredentialUnavailable extends BullaException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public CredentialUnavailable(ErrorCode code, String reason, String message) {
        this(code, reason, null, message);
    }

    /** @param advice more precise than what the code says, or null */
    public CredentialUnavailable(ErrorCode code, String reason, @Nullable Obstacle advice, String message) {
        super(code, message, advice);
        this.reason = reason;
    }

    /** The account's reason code, such as {@code grant_revoked}; the empty string where the error code says it all. */
    public String reason() {
        return reason;
    }
}
