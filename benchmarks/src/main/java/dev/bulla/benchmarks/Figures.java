package dev.bulla.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The one line that a benchmark ends with: its name and its figures, in the order in which they were put. Not thread-safe. */
final class Figures {
    private final String name;
    private final Map<String, String> figures = new LinkedHashMap<>();

    private Figures(String name) {
        this.name = name;
    }

    static Figures of(String name) {
        return new Figures(name);
    }

    Figures put(String metric, long value) {
        figures.put(metric, Long.toString(value));
        return this;
    }

    /** Two digits behind the point, three below 10. */
    Figures put(String metric, double value) {
        figures.put(metric, String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.2f", value));
        return this;
    }

    void print() {
        System.out.println(name + " "
                + figures.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + figure.getValue())
                        .collect(Collectors.joining(" ")));
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
