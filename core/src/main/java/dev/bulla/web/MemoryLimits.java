package dev.bulla.web;

import dev.bulla.limit.Buckets;
import dev.bulla.limit.Rate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Buckets in memory. Thread-safe. */
final class MemoryLimits implements Limits {
    private final Map<List<Object>, Kind> all = new LinkedHashMap<>();

    MemoryLimits(Clock clock) {
        for (Action action : Action.values()) {
            Rate rate = switch (action) {
                case CONNECT -> new Rate(20, Duration.ofSeconds(15));
                case CALLBACK, UNLOCK, FORM -> new Rate(30, Duration.ofSeconds(10));
                case HOOK -> new Rate(120, Duration.ofMillis(100));
                case OTHER -> new Rate(240, Duration.ofMillis(250));
            };
            all.put(List.of(action, By.MEMBER), new Kind(rate, Buckets.inMemory(clock)));
            Rate many = new Rate(rate.burst() * 10, rate.every().dividedBy(10));
            all.put(List.of(action, By.ADDRESS), new Kind(many, Buckets.inMemory(clock)));
        }
    }

    @Override
    public Optional<Duration> take(Action action, By by, String who) {
        Kind kind = all.get(List.of(action, by));
        return kind == null ? Optional.empty() : kind.take(by == By.ADDRESS ? network(who) : who);
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

    private record Kind(Rate rate, Buckets buckets) {
        Optional<Duration> take(String who) {
            return buckets.take("", who, rate);
        }
    }
}
