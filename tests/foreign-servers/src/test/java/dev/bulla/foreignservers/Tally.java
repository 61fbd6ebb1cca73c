package dev.bulla.foreignservers;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls of all nodes, as they told them. A call is late when it began more than 100 ms after it was due; its duration counts from when
 * it was due, so lateness is part of it. Calls that were due while a node was stopped are missed, not made; those of a dead node are not
 * counted. Thread-safe.
 */
final class Tally {
    private static final long LATE_MILLIS = 100;

    private final ConcurrentHashMap<String, LongAdder> results = new ConcurrentHashMap<>();
    private final LongAdder late = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private final LongAccumulator latest = new LongAccumulator(Math::max, 0);
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);

    void call(long lateMillis, long millis, String result) {
        results.computeIfAbsent(result, key -> new LongAdder()).increment();
        late.add(lateMillis > LATE_MILLIS ? 1 : 0);
        latest.accumulate(lateMillis);
        slowest.accumulate(millis);
    }

    void missed(long calls) {
        missed.add(calls);
    }

    long calls() {
        return results.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long successes() {
        LongAdder count = results.get("200");
        return count == null ? 0 : count.sum();
    }

    /** What calls ended with that did not succeed. */
    SortedMap<String, Long> failures() {
        SortedMap<String, Long> copy = new TreeMap<>();
        results.forEach((result, count) -> copy.put(result, count.sum()));
        copy.remove("200");
        return copy;
    }

    long late() {
        return late.sum();
    }

    long latest() {
        return latest.get();
    }

    long slowest() {
        return slowest.get();
    }

    long missed() {
        return missed.sum();
    }
}
