package dev.bulla.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The machine: what it is, and which of its cores a process runs on. Where there is one core or no {@code taskset}, nothing is pinned. */
final class Machine {
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    private Machine() {}

    static boolean pins() {
        return Runtime.getRuntime().availableProcessors() > 1 && Files.isExecutable(TASKSET)
                || Boolean.getBoolean("bulla.pinned");
    }

    /** The command on that core. */
    static List<String> on(int core, List<String> command) {
        List<String> pinned = new ArrayList<>();
        if (pins()) {
            pinned.addAll(List.of(TASKSET.toString(), "-c", Integer.toString(core)));
        }
        pinned.addAll(command);
        return pinned;
    }

    /** This process, its threads, and what it starts from now on: a database, say. */
    static void moveTo(int core) {
        if (pins()) {
            System.setProperty("bulla.pinned", "true");
            String pid = Long.toString(ProcessHandle.current().pid());
            run(List.of(TASKSET.toString(), "-a", "-p", "-c", Integer.toString(core), pid));
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Cores, processor and Java, for the log. */
    static void describe() {
        System.err.println("# " + Runtime.getRuntime().availableProcessors() + " cores, " + processor() + ", Java "
                + System.getProperty("java.version") + (pins() ? ", pinned" : ", not pinned"));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }

    private static void run(List<String> command) {
        try {
            int status = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(command.get(0) + " failed");
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
