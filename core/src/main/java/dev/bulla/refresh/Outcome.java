package dev.bulla.refresh;

import dev.bulla.error.BullaException;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh led to. It carries no token: whoever waited opens the record with what it holds itself.
 *
 * @param kind what happened
 * @param failure why, for {@code FAILED}; for {@code KEPT} and, of one among several token sets, for {@code REFRESHED}, where a try came
 *     to nothing
 */
public record Outcome(Kind kind, @Nullable BullaException failure) {
    public enum Kind {
        /** Fresh tokens were received and stored. */
        REFRESHED,
        /** Newer contents were found stored; they may be the same tokens, sealed again. */
        MOVED,
        /** Nothing is newer, and the present token may be used while it lives. */
        KEPT,
        /** The account can not be used now. */
        FAILED
    }

    static final Outcome REFRESHED = new Outcome(Kind.REFRESHED, null);
    static final Outcome MOVED = new Outcome(Kind.MOVED, null);
    static final Outcome KEPT = new Outcome(Kind.KEPT, null);

    /** @param failure what one of several token sets met beside the success of another, or null */
    static Outcome refreshed(@Nullable BullaException failure) {
        return failure == null ? REFRESHED : new Outcome(Kind.REFRESHED, failure);
    }

    static Outcome keptAfter(BullaException failure) {
        return new Outcome(Kind.KEPT, failure);
    }

    static Outcome failed(BullaException failure) {
        return new Outcome(Kind.FAILED, failure);
    }
}
