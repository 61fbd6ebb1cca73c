package dev.bulla.error;

/** A member's credential can not be used now. {@link #code()}, {@link #actor()} and {@link #reason()} say what to tell whom. */
public final class CredentialUnavailable extends BullaException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public CredentialUnavailable(ErrorCode code, String reason, String message) {
        super(code, message);
        this.reason = reason;
    }

    /** The account's reason code, such as {@code grant_revoked}; the empty string where the error code says it all. */
    public String reason() {
        return reason;
    }
}
