package dev.bulla.crashes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A worker as the harness sees it. Thread-safe, except for the orders. */
final class WorkerProcess {
    private final String name;
    private final Process process;
    private final Writer orders;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    private WorkerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::listen, "listen-to-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Begins to start; see {@link #ready}. */
    static WorkerProcess start(String name, Net net, List<String> java, Path log) {
        List<String> command = new ArrayList<>(java);
        command.add(Worker.class.getName());
        command.addAll(net.arguments());
        command.add(name);
        try {
            return new WorkerProcess(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add("GONE");
        }
    }

    String name() {
        return name;
    }

    WorkerProcess ready() {
        await("READY");
        return this;
    }

    void order(String... words) {
        try {
            orders.write(String.join(" ", words) + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("worker " + name + " does not listen", e);
        }
    }

    boolean hasSaid(String beginning) {
        return said.stream().anyMatch(line -> line.startsWith(beginning));
    }

    /** The first line that begins like this. */
    String await(String beginning) {
        Waits.until(
                () -> name + " says '" + beginning + "'; it said " + said,
                () -> hasSaid(beginning) || !process.isAlive());
        return said.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("worker " + name + " ended by itself; see its log"));
    }

    /** The end: SIGKILL, and nothing of it is left. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void pause() {
        signal("-STOP");
    }

    void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
