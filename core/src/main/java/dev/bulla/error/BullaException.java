package dev.bulla.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that this library throws. The message never holds a token, code, key, body or query; causes of other
 * libraries are not passed on, because their texts may.
 */
public class BullaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable Obstacle advice;

    public BullaException(ErrorCode code, String message) {
        this(code, message, (Obstacle) null);
    }

    /** @param advice more precise than what the code says, or null */
    public BullaException(ErrorCode code, String message, @Nullable Obstacle advice) {
        super(message);
        this.code = code;
        this.advice = advice;
    }

    public BullaException(ErrorCode code, String message, BullaException cause) {
        super(message, cause);
        this.code = code;
        this.advice = null;
    }

    /** The stable code. */
    public final ErrorCode code() {
        return code;
    }

    /** Who must act. */
    public Actor actor() {
        return code.actor();
    }

    /** What it means to people: a sentence for whoever meets it, who can put it right, and where. */
    public final Obstacle advice() {
        return advice == null ? code.advice() : advice;
    }

    /** Whether the same call may succeed later without anybody acting. */
    public boolean isRetryable() {
        return code.isRetryable();
    }
}
