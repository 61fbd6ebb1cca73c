package dev.bulla.oauth2;

import dev.bulla.provider.HttpAnswer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** {@code Retry-After} (RFC 9110 section 10.2.3), as seconds or date, of one hour at most. */
public final class RetryAfter {
    private static final Duration MOST = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long an answer asks to wait; null where it does not, or in a form that is none. */
    public static @Nullable Duration of(HttpAnswer answer, Clock clock) {
        String value = answer.header("retry-after").orElse("").strip();
        if (value.matches("[0-9]{1,18}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            return bounded(Duration.between(clock.instant(), then));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
