package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * A store could not do its work. Never thrown for a lost race: that is {@link Write#MOVED}. The message names no value of a row.
 */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Kind {
        /** The database is away, slow, out of connections, or the outcome of a commit is unknown: the same call may be repeated. */
        UNAVAILABLE,
        /** A serialization failure, deadlock or lock timeout: nothing was written, the same call may be repeated. */
        CONTENDED,
        /** Schema, environment, pool or privileges are not as needed: the host must act. */
        SETUP
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same call, repeated, may succeed. */
    public boolean isRetryable() {
        return kind != Kind.SETUP;
    }
}
