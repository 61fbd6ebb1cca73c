package dev.bulla.refresh;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Database time since one read of it, carried on by the monotonic clock of this JVM. */
final class AnchoredClock extends Clock {
    private final long databaseMillis;
    private final Ticker ticker;
    private final long nanos;

    /** @param nanos when the database told its time, by the ticker */
    AnchoredClock(long databaseMillis, Ticker ticker, long nanos) {
        this.databaseMillis = databaseMillis;
        this.ticker = ticker;
        this.nanos = nanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(databaseMillis).plusNanos(ticker.nanos() - nanos);
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
