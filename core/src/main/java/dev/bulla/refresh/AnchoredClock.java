package dev.bulla.refresh;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Database time since one read of it, carried on by the monotonic clock of this JVM. */
final class AnchoredClock extends Clock {
    private final long databaseMillis;
    private final long nanos = System.nanoTime();

    AnchoredClock(long databaseMillis) {
        this.databaseMillis = databaseMillis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(databaseMillis).plusNanos(System.nanoTime() - nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
