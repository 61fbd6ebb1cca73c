package dev.bulla.gate;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts whose service asked for a pause, on this node. Bounded; thread-safe. */
final class Pauses {
    private static final int MOST = 10_000;

    private final Clock clock;
    private final ConcurrentHashMap<String, Long> ends = new ConcurrentHashMap<>();

    Pauses(Clock clock) {
        this.clock = clock;
    }

    /** How long it still lasts. */
    Optional<Duration> left(String account) {
        Long end = ends.isEmpty() ? null : ends.get(account);
        if (end == null) {
            return Optional.empty();
        }
        long left = end - clock.millis();
        if (left <= 0) {
            ends.remove(account, end);
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(left));
    }

    void begin(String account, Duration pause) {
        if (pause.isZero()) {
            return;
        }
        long now = clock.millis();
        if (ends.size() >= MOST) {
            ends.values().removeIf(end -> end <= now);
        }
        if (ends.size() < MOST) {
            ends.merge(account, now + pause.toMillis(), Math::max);
        }
    }
}
