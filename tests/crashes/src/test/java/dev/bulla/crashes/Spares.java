package dev.bulla.crashes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps a worker ahead, so that no kill waits for the start of a process. Used by one thread. */
final class Spares implements AutoCloseable {
    private final Net net;
    private final Path logs;
    private final List<String> java;
    private WorkerProcess spare;
    private int started;

    Spares(Net net, Path logs) {
        this.net = net;
        this.logs = logs;
        java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path")));
        spare = start();
    }

    private WorkerProcess start() {
        String name = "worker-" + ++started;
        return WorkerProcess.start(name, net, java, log(name));
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    /** A worker that is ready; the next one begins to start. */
    WorkerProcess take() {
        WorkerProcess taken = spare.ready();
        spare = start();
        return taken;
    }

    /** What a worker had to say is of no interest any more. */
    void forget(WorkerProcess worker) {
        try {
            Files.deleteIfExists(log(worker.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spare.kill();
        forget(spare);
        try (Stream<Path> left = Files.list(logs)) {
            if (left.findAny().isEmpty()) {
                Files.delete(logs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
