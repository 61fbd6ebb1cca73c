package dev.bulla.entity;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Bounds the questions at services: each thing for each member once in a while, and few for each member in a minute. Thread-safe. */
final class Asked {
    private static final long AGAIN_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final int IN_A_MINUTE = 30;
    private static final int MOST = 10_000;

    private record Count(long since, int asked) {}

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<String>, Long> things = bounded();
    private final Map<List<String>, Count> members = bounded();

    Asked(Clock clock) {
        this.clock = clock;
    }

    private static <V> Map<List<String>, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<List<String>, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /** Whether the service may be asked now; then it counts as asked. */
    boolean mayAsk(Home home, String member, String kind, String id) {
        List<String> thing = List.of(home.tenant(), home.connectionId(), member, kind, id);
        List<String> who = thing.subList(0, 3);
        long now = clock.millis();
        lock.lock();
        try {
            Long last = things.get(thing);
            Count count = members.getOrDefault(who, new Count(now, 0));
            if (now - count.since() >= MINUTE_MILLIS) {
                count = new Count(now, 0);
            }
            if ((last != null && now - last < AGAIN_MILLIS) || count.asked() >= IN_A_MINUTE) {
                return false;
            }
            things.remove(thing);
            things.put(thing, now);
            members.remove(who);
            members.put(List.copyOf(who), new Count(count.since(), count.asked() + 1));
            return true;
        } finally {
            lock.unlock();
        }
    }
}
