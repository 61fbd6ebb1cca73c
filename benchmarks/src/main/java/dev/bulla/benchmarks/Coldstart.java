package dev.bulla.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From the start of a JVM to the first authorization URL on its standard output, and how many megabytes (of a million bytes) a host takes
 * on. No database takes part: it would cost all of them the same. An empty JVM prints a line, too. {@code archived} are the same starts
 * with an archive of their classes (AppCDS), which a host can make.
 */
final class Coldstart {
    private static final int WARM_UP = 2;
    private static final int ROUNDS = Integer.getInteger("rounds", 15);

    private Coldstart() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Machine.describe();
        Path home = Path.of(System.getProperty("bulla.benchmarks"));
        String classes = jar(home.resolve("target"));
        Path scratch = Files.createTempDirectory("bulla-benchmark");
        Path ring = scratch.resolve("ring");
        dev.bulla.key.HostKeyring.create(ring);
        Map<String, String> paths = new LinkedHashMap<>();
        for (String name : List.of("bulla", "scribe", "google", "spring")) {
            paths.put(
                    name,
                    Files.readString(home.resolve("classpath/" + name + "/target/classpath"))
                            .strip());
        }
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("empty", command(classes, "StartEmpty"));
        commands.put(
                "bulla", command(classes + ":" + paths.get("bulla") + ":" + testkit(), "StartBulla", ring.toString()));
        commands.put("scribe", command(classes + ":" + paths.get("scribe"), "StartScribe"));
        commands.put("google", command(classes + ":" + paths.get("google"), "StartGoogle"));
        commands.put("spring", command(classes + ":" + paths.get("spring"), "StartSpring"));
        List<Path> archives = new ArrayList<>();
        for (String name : List.copyOf(commands.keySet())) {
            Path archive = scratch.resolve(name);
            millis(with(commands.get(name), "-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive));
            commands.put(name + ".archived", with(commands.get(name), "-XX:SharedArchiveFile=" + archive));
            archives.add(archive);
        }
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Map.Entry<String, List<String>> one : commands.entrySet()) {
                double millis = millis(one.getValue());
                if (round >= 0) {
                    times.computeIfAbsent(one.getKey(), key -> new ArrayList<>())
                            .add(millis);
                }
            }
        }
        for (Path archive : archives) {
            Files.delete(archive);
        }
        Files.delete(ring);
        Files.delete(scratch);
        Figures figures = Figures.of("coldstart");
        times.forEach((name, all) -> figures.put(name + ".millis", median(all)));
        figures.put("bulla.ratio.empty", median(times.get("bulla")) / median(times.get("empty")));
        for (Map.Entry<String, String> path : paths.entrySet()) {
            figures.put(path.getKey() + ".megabytes", bytes(path.getValue()) / 1e6);
        }
        figures.print();
    }

    private static double median(List<Double> values) {
        return Figures.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static List<String> command(String classPath, String main, String... arguments) {
        return Stream.concat(
                        Stream.of(Machine.java(), "-cp", classPath, "dev.bulla.benchmarks." + main),
                        Stream.of(arguments))
                .toList();
    }

    private static List<String> with(List<String> command, String... options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(1, List.of(options));
        return all;
    }

    /** An archive takes classes of jars only. */
    private static String jar(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The store in memory comes from the testkit; a host has a database instead. */
    private static String testkit() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.contains("bulla-testkit"))
                .collect(Collectors.joining(":"));
    }

    private static double millis(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            double millis = (System.nanoTime() - start) / 1e6;
            process.waitFor();
            if (line == null || !line.startsWith("https://")) {
                throw new IllegalStateException("no address from " + command);
            }
            return millis;
        }
    }

    private static long bytes(String classPath) throws IOException {
        long bytes = 0;
        for (String jar : classPath.split(":")) {
            bytes += Files.size(Path.of(jar));
        }
        return bytes;
    }
}
