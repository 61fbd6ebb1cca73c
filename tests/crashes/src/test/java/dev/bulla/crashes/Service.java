package dev.bulla.crashes;

import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.testkit.service.Rotation;
import java.time.Duration;
import java.util.Locale;

/** The kinds of service, by what becomes of a refresh token that comes a second time. */
enum Service {
    /** A second use ends everything. */
    STRICT(Rotation.STRICT, ReuseRule.afterExpiry()),
    /** A second use is refused, and what the first one brought lives on. */
    ROTATING(Rotation.STRICT, ReuseRule.afterExpiry()),
    /** A second use is answered with fresh tokens for a while, and ends everything later. */
    GRACE(Rotation.grace(Moments.GRACE), ReuseRule.grace(Moments.GRACE)),
    /** Refresh tokens never change. */
    STATIC(Rotation.STATIC, ReuseRule.safe());

    final Rotation rotation;
    final ReuseRule reuse;

    Service(Rotation rotation, ReuseRule reuse) {
        this.rotation = rotation;
        this.reuse = reuse;
    }

    /** Name of the provider and of its one connection. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Times of a round. */
    static final class Moments {
        static final Duration GRACE = Duration.ofMinutes(5);
        /** Access tokens that have ended when the process is killed. */
        static final Duration SHORT = Duration.ofMinutes(5);
        /** Access tokens that are due and alive when the process is killed. */
        static final Duration MIDDLE = Duration.ofMinutes(10);
        /** Access tokens that nothing of this waits for. */
        static final Duration LONG = Duration.ofDays(3650);
        /** From connecting to the kill. */
        static final Duration UNTIL_DUE = Duration.ofMinutes(7);
        /** Longer than any claim. */
        static final Duration CLAIM = Duration.ofSeconds(26);
        /** After this all access tokens but the long ones have ended, and grace is not over. */
        static final Duration UNTIL_ENDED = Duration.ofSeconds(210);
        /** After this grace is over, too. */
        static final Duration UNTIL_LATE = Duration.ofMinutes(6);

        private Moments() {}
    }
}
