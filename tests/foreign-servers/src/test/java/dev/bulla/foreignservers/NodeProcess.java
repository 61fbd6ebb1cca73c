package dev.bulla.foreignservers;

import dev.bulla.foreignservers.Evidence.Interruption;
import dev.bulla.foreignservers.Evidence.Life;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node seen from outside: started, told to go, stopped by signals, killed, started again. Used by one thread at a time. */
final class NodeProcess {
    private final int number;
    private final Site site;
    private final List<Account> accounts;
    private final long periodNanos;
    private final Tally tally;
    private final Evidence evidence;
    private int lives;
    private Process process;
    private PrintStream in;
    private Thread listener;
    private long pausedAt;
    /** Why lines of a node are read no more, if they are not. */
    private volatile @Nullable RuntimeException deaf;

    NodeProcess(int number, Site site, List<Account> accounts, long periodNanos, Tally tally, Evidence evidence)
            throws IOException {
        this.number = number;
        this.site = site;
        this.accounts = accounts;
        this.periodNanos = periodNanos;
        this.tally = tally;
        this.evidence = evidence;
        begin(true);
    }

    /** Starts the process and lets it make its calls as soon as it can. */
    void restart() throws IOException {
        begin(false);
        go();
    }

    private void begin(boolean warm) throws IOException {
        Life life = new Life(number, ++lives);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Node.class.getName())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "node-" + number + ".log").toFile()))
                .start();
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Process running = process;
        deaf = null;
        listener = new Thread(() -> listen(running, life, ready), "node-" + number);
        listener.start();
        List.of(site.issuer(), site.me(), site.jdbcUrl(), site.keys(), periodNanos, warm)
                .forEach(in::println);
        for (Account account : accounts) {
            in.println(account.member()
                    + (account.key() == null ? "" : " " + account.key().revealText()));
        }
        in.println("ready?");
        ready.orTimeout(2, TimeUnit.MINUTES).join();
    }

    void go() {
        in.println("go");
    }

    private void listen(Process running, Life life, CompletableFuture<Void> ready) {
        try (BufferedReader lines = running.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] word = line.split(" ");
                switch (word[0]) {
                    case "ready" -> ready.complete(null);
                    case "call" -> tally.call(Long.parseLong(word[1]), Long.parseLong(word[2]), word[3]);
                    case "missed" -> tally.missed(Long.parseLong(word[1]));
                    case "begin" -> evidence.begin(life, Long.parseLong(word[1]), word[2]);
                    case "end" -> evidence.end(life, Long.parseLong(word[1]), word[2], word[3]);
                    case "done" -> {}
                    default -> throw new IllegalStateException("a node says what nobody knows");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            // the last line of a killed process may be cut short
            if (running.isAlive()) {
                deaf = e;
            }
        } finally {
            ready.completeExceptionally(new IllegalStateException("node " + number + " did not start"));
        }
    }

    void pause() throws IOException, InterruptedException {
        signal("STOP");
        pausedAt = System.currentTimeMillis();
    }

    void resume() throws IOException, InterruptedException {
        long to = System.currentTimeMillis();
        evidence.interrupted(new Interruption(new Life(number, lives), false, pausedAt, to));
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("node " + number + " could not be signalled");
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        checkUnderstood();
        long at = System.currentTimeMillis();
        process.destroyForcibly().waitFor();
        listener.join();
        evidence.interrupted(new Interruption(new Life(number, lives), true, at, System.currentTimeMillis()));
    }

    /** Lets it finish the calls that it has begun. */
    void stop() throws InterruptedException {
        in.println("stop");
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("node " + number + " does not end");
        }
        listener.join();
        checkUnderstood();
        if (process.exitValue() != 0) {
            throw new IllegalStateException("node " + number + " ended with " + process.exitValue());
        }
    }

    private void checkUnderstood() {
        if (deaf != null) {
            throw new IllegalStateException("what node " + number + " told was not understood", deaf);
        }
    }

    /** Whatever state it is in. */
    void destroy() {
        process.destroyForcibly();
    }
}
