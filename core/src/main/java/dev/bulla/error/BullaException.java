package dev.bulla.error;

/**
 * The root of everything that this library throws. The message never holds a token, code, key, body or query; causes of other
 * libraries are not passed on, because their texts may.
 */
public class BullaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public BullaException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public BullaException(ErrorCode code, String message, BullaException cause) {
        super(message, cause);
        this.code = code;
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
    public Obstacle advice() {
        return code.advice();
    }

    /** Whether the same call may succeed later without anybody acting. */
    public boolean isRetryable() {
        return code.isRetryable();
    }
}
