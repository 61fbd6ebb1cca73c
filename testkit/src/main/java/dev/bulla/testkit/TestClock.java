package dev.bulla.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved: for every part that a test wants to age. Thread-safe. */
public final class TestClock extends Clock {
    private volatile Instant now;

    private TestClock(Instant start) {
        now = start;
    }

    public static TestClock at(Instant start) {
        return new TestClock(start);
    }

    public void set(Instant time) {
        now = time;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
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
