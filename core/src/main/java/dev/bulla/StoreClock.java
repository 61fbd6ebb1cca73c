package dev.bulla;

import dev.bulla.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Database time, asked for at each reading. */
final class StoreClock extends Clock {
    private final Store store;

    StoreClock(Store store) {
        this.store = store;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(store.now());
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
