package dev.bulla.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What it costs to get a credential that is valid. PostgreSQL on one core, the JVM on the other. Each of three rounds gives every call
 * a JVM of its own, one right after the other; a ratio is taken within a round, and the median of the rounds is told.
 */
final class Read {
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final List<String> ALL = List.of("warm", "same", "bare", "spring", "google", "newVersion", "unlock");
    private static final List<String> CROWDED = List.of("warm", "same", "bare", "spring", "google");

    private final Map<String, List<Double>> scores = new LinkedHashMap<>();
    private final String postgres;
    private final Path jvm;

    private Read(String postgres, Path jvm) {
        this.postgres = postgres;
        this.jvm = jvm;
    }

    public static void main(String[] args) throws IOException, RunnerException {
        Machine.describe();
        Path jvm = Files.createTempFile("bulla-java", ".sh");
        Files.writeString(
                jvm, "#!/bin/sh\nexec " + String.join(" ", Machine.on(1, List.of(Machine.java()))) + " \"$@\"\n");
        if (!jvm.toFile().setExecutable(true)) {
            throw new IOException("no executable file in the temporary directory");
        }
        Machine.moveTo(0);
        try (EmbeddedPostgres server = Databases.postgres(false)) {
            Read read = new Read(Databases.url(server), jvm);
            for (int round = 1; round <= ROUNDS; round++) {
                for (String database : List.of("postgres", "h2")) {
                    read.round(round, database, 1, ALL);
                    read.round(round, database, 8, CROWDED);
                }
            }
            read.figures().print();
        } finally {
            Files.delete(jvm);
        }
    }

    private void round(int round, String database, int threads, List<String> calls) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .param("database", database)
                .jvm(jvm.toString())
                .jvmArgs(
                        "-Xms512m",
                        "-Xmx512m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dbulla.postgres=" + postgres)
                .forks(1)
                .threads(threads)
                .measurementIterations(4)
                .measurementTime(TimeValue.milliseconds(threads == 1 ? 1_000 : 750))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        for (String call : calls) {
            options.include("ReadWork\\." + call + "$");
        }
        Map<String, Double> times = new LinkedHashMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            String label = result.getPrimaryResult().getLabel();
            double micros = Figures.median(result.getAggregatedResult().getIterationResults().stream()
                    .mapToDouble(one -> one.getPrimaryResult().getScore())
                    .toArray());
            times.put(label, micros / threads);
        }
        System.err.printf(
                Locale.ROOT,
                "# round %d, %s, %d threads, us per call: %s%n",
                round,
                database,
                threads,
                times.entrySet().stream()
                        .map(time -> "%s %.2f".formatted(time.getKey(), time.getValue()))
                        .collect(Collectors.joining(", ")));
        String crowd = threads == 1 ? "" : "." + threads + "threads";
        for (String call : List.of("warm", "newVersion", "unlock")) {
            for (String yardstick : List.of("same", "bare", "spring", "google")) {
                if (times.containsKey(call)) {
                    scores.computeIfAbsent(
                                    call + "." + database + crowd + ".ratio." + yardstick, key -> new ArrayList<>())
                            .add(times.get(call) / times.get(yardstick));
                }
            }
            if (times.containsKey(call)) {
                scores.computeIfAbsent(call + "." + database + crowd + ".micros", key -> new ArrayList<>())
                        .add(times.get(call));
            }
        }
    }

    private Figures figures() {
        Figures figures = Figures.of("read");
        scores.forEach((metric, values) -> figures.put(
                metric,
                Figures.median(values.stream().mapToDouble(Double::doubleValue).toArray())));
        return figures;
    }
}
