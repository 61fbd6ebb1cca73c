package dev.bulla.provider;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service refused, was not reached, or answered nonsense. The kind says what that means for the token that was sent; every
 * refresh decision follows from it.
 */
public final class ProviderException extends BullaException {
    private static final long serialVersionUID = 1L;

    /** What a failure means for the credential that was used. */
    public enum Kind {
        /** The grant, code or token is definitely refused (RFC 6749 section 5.2: {@code invalid_grant}). */
        TERMINAL(ErrorCode.GRANT_REFUSED),
        /** Nothing was sent, or the service completely refused for now (429, 503): nothing has changed at the other end. */
        TRANSIENT(ErrorCode.PROVIDER_UNAVAILABLE),
        /** The app registration is refused ({@code invalid_client}, {@code unauthorized_client}): no account is to blame. */
        MISCONFIGURED(ErrorCode.APP_REFUSED),
        /** Something was sent and no usable answer came back: the old token may be used up or not. */
        OUTCOME_UNKNOWN(ErrorCode.OUTCOME_UNKNOWN);

        private final ErrorCode code;

        Kind(ErrorCode code) {
            this.code = code;
        }
    }

    private final Kind kind;
    private final String error;
    private final int status;
    private final transient @Nullable Duration retryAfter;

    /**
     * @param error a known error code of the protocol, or a code of ours; never free text of the other side
     * @param status HTTP status, 0 where there was none
     * @param retryAfter how long the service asks to wait, or null
     */
    public ProviderException(Kind kind, String error, int status, @Nullable Duration retryAfter, String message) {
        super(kind.code, message);
        this.kind = kind;
        this.error = error;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** The protocol's error code, such as {@code invalid_grant}. */
    public String error() {
        return error;
    }

    /** Whether the service does not know the client, or not by this proof (RFC 6749 section 5.2). */
    public boolean isUnknownClient() {
        return error.equals("invalid_client");
    }

    /** The HTTP status, 0 where there was none. */
    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
