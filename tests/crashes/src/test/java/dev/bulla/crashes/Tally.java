package dev.bulla.crashes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has happened so far. Not thread-safe. */
final class Tally {
    private final Map<String, Map<String, Integer>> outcomes = new TreeMap<>();
    private final Map<Integer, Long> seen = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private int kills;
    private int cases;

    void add(Plan.Made made) {
        kills += made.round().kills();
        cases += made.cases().size();
        for (Case one : made.cases()) {
            outcomes.computeIfAbsent(one.point, point -> new TreeMap<>()).merge(one.outcome(), 1, Integer::sum);
            one.seen().forEach(times -> seen.merge(Math.min(times, 3), 1L, Long::sum));
        }
    }

    void violation(Plan.Made made, String what) {
        kills += made.round().kills();
        violations.add(what);
    }

    int kills() {
        return kills;
    }

    int cases() {
        return cases;
    }

    List<String> violations() {
        return violations;
    }

    /** How many refresh tokens the services have seen so many times; 3 means three times or more. */
    long seen(int times) {
        return seen.getOrDefault(times, 0L);
    }

    /** Counts by point and outcome. */
    Map<String, Map<String, Integer>> outcomes() {
        return outcomes;
    }
}
