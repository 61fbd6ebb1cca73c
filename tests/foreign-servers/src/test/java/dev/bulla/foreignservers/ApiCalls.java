package dev.bulla.foreignservers;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Answers of the resource server, by status. Thread-safe. */
final class ApiCalls {
    private final ConcurrentHashMap<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();

    void note(int status) {
        statuses.computeIfAbsent(status, key -> new AtomicLong()).incrementAndGet();
    }

    long with(int status) {
        AtomicLong count = statuses.get(status);
        return count == null ? 0 : count.get();
    }

    SortedMap<Integer, Long> all() {
        SortedMap<Integer, Long> copy = new TreeMap<>();
        statuses.forEach((status, count) -> copy.put(status, count.get()));
        return copy;
    }
}
