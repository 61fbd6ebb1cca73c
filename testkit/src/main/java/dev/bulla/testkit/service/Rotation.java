package dev.bulla.testkit.service;

import java.time.Duration;

/**
 * What becomes of a refresh token when it is redeemed (RFC 9700 section 4.14). Immutable.
 *
 * @param kind the rule
 * @param grace how long after its first use a token is answered again, for {@code GRACE}
 */
public record Rotation(Kind kind, Duration grace) {
    /** The three rules that services follow. */
    public enum Kind {
        STRICT,
        GRACE,
        STATIC
    }

    /** A refresh token works once. A second use ends the whole family, access tokens included. */
    public static final Rotation STRICT = new Rotation(Kind.STRICT, Duration.ZERO);

    /** Refresh tokens never change; an answer to a refresh names none. */
    public static final Rotation STATIC = new Rotation(Kind.STATIC, Duration.ZERO);

    /** Like {@link #STRICT}, but within this time after its first use a token is answered again, each time with fresh tokens. */
    public static Rotation grace(Duration time) {
        return new Rotation(Kind.GRACE, time);
    }
}
