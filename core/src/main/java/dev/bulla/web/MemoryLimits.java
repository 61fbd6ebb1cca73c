package dev.bulla.web;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Token buckets in memory, a bounded number of them. Thread-safe. */
final class MemoryLimits implements Limits {
    static final int KEPT = 50_000;

    private final Clock clock;
    private final Map<List<Object>, Buckets> all = new LinkedHashMap<>();

    MemoryLimits(Clock clock) {
        this.clock = clock;
        for (Action action : Action.values()) {
            Rate rate = switch (action) {
                case CONNECT -> new Rate(20, 15_000);
                case CALLBACK, UNLOCK, FORM -> new Rate(30, 10_000);
                case OTHER -> new Rate(240, 250);
            };
            all.put(List.of(action, By.MEMBER), new Buckets(rate));
            all.put(List.of(action, By.ADDRESS), new Buckets(new Rate(rate.burst * 10, rate.millis / 10)));
        }
    }

    @Override
    public Optional<Duration> take(Action action, By by, String who) {
        Buckets buckets = all.get(List.of(action, by));
        return buckets == null ? Optional.empty() : buckets.take(by == By.ADDRESS ? network(who) : who, clock.millis());
    }

    /** One machine may have all addresses of an IPv6 network. */
    private static String network(String address) {
        if (address.indexOf(':') < 0 || address.indexOf('.') >= 0) {
            return address;
        }
        String plain = address.split("%", 2)[0];
        int gap = plain.indexOf("::");
        String head = gap < 0 ? plain : plain.substring(0, gap);
        String[] groups = (head.isEmpty() ? "0" : head).split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            network.append(i < groups.length ? groups[i].replaceFirst("^0+(?=.)", "") : "0")
                    .append(':');
        }
        return network.toString();
    }

    /**
     * @param burst how many at once
     * @param millis for one more
     */
    private record Rate(long burst, long millis) {}

    /** The buckets of one kind. What is kept is the time at which a bucket would be empty if nobody took from it: full is the past. */
    private static final class Buckets {
        private final Rate rate;
        private final ReentrantLock lock = new ReentrantLock();
        private final LinkedHashMap<String, Long> debts = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > KEPT;
            }
        };

        Buckets(Rate rate) {
            this.rate = rate;
        }

        Optional<Duration> take(String who, long now) {
            lock.lock();
            try {
                Long debt = debts.get(who);
                // a clock that was set back forgives
                long from = debt == null || debt - now > rate.burst * rate.millis ? now : Math.max(debt, now);
                long until = from + rate.millis;
                long over = until - now - rate.burst * rate.millis;
                if (over > 0) {
                    return Optional.of(Duration.ofMillis(over));
                }
                debts.put(who, until);
                return Optional.empty();
            } finally {
                lock.unlock();
            }
        }
    }
}
