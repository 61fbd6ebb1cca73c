package dev.bulla.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.testkit.server.AuthorizationServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A JVM full of callers. Told {@code ready}, it answers {@code ready}; told {@code go}, all of them ask for a token at once, and it
 * answers the microseconds of the slowest, how many got none, and each token with the number of those who got it.
 */
final class Node implements AutoCloseable {
    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private Node(Process process) {
        this.process = process;
        in = process.outputWriter(StandardCharsets.UTF_8);
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    static Node start(String kind, String url, AuthorizationServer server, Path ring) throws IOException {
        return new Node(new ProcessBuilder(
                        Machine.java(),
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        kind,
                        url,
                        server.issuer().toString(),
                        ring.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    void say(String word) {
        try {
            in.write(word);
            in.newLine();
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("a node has died");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String kind = args[0];
        URI issuer = URI.create(args[2]);
        try (HikariDataSource pool = Databases.pool(args[1], 16);
                Bulla bulla = kind.equals("bulla") ? Victim.bulla(pool, issuer, Path.of(args[3])) : null) {
            Session session = bulla == null
                    ? null
                    : bulla.tenant(Victim.TENANT).member(Victim.USER).session();
            SpringPeer spring = new SpringPeer(pool, false, issuer.toString(), Victim.CLIENT, Victim.SECRET);
            GooglePeer google = new GooglePeer(pool, false, issuer.toString(), Victim.CLIENT, Victim.SECRET);
            serve(() -> switch (kind) {
                case "bulla" -> () -> session.tokenForSdk(Victim.NAME).reveal();
                case "spring" -> () -> spring.token(Victim.USER);
                default -> {
                    // one for all callers of the JVM: its lock is the best that this library has
                    var shared = google.credential(Victim.USER);
                    yield () -> google.token(shared);
                }
            });
        }
    }

    private static void serve(Supplier<Supplier<String>> rounds) throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8));
        ExecutorService threads = Executors.newFixedThreadPool(Stampede.CALLERS);
        Supplier<String> call = () -> "";
        for (String word = commands.readLine(); word != null; word = commands.readLine()) {
            if (word.equals("ready")) {
                call = rounds.get();
                System.out.println("ready");
            } else {
                System.out.println(all(threads, call));
            }
            System.out.flush();
        }
        threads.shutdownNow();
    }

    private static String all(ExecutorService threads, Supplier<String> call) throws InterruptedException {
        CountDownLatch there = new CountDownLatch(Stampede.CALLERS);
        CountDownLatch start = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(Stampede.CALLERS);
        AtomicLong slowest = new AtomicLong();
        AtomicInteger failures = new AtomicInteger();
        Map<String, Integer> tokens = new ConcurrentHashMap<>();
        AtomicLong began = new AtomicLong();
        for (int i = 0; i < Stampede.CALLERS; i++) {
            threads.execute(() -> {
                try {
                    there.countDown();
                    start.await();
                    tokens.merge(call.get(), 1, Integer::sum);
                } catch (RuntimeException | InterruptedException e) {
                    failures.incrementAndGet();
                } finally {
                    slowest.accumulateAndGet((System.nanoTime() - began.get()) / 1_000, Math::max);
                    end.countDown();
                }
            });
        }
        there.await();
        began.set(System.nanoTime());
        start.countDown();
        end.await();
        StringBuilder answer = new StringBuilder().append(slowest).append(' ').append(failures);
        tokens.forEach(
                (token, count) -> answer.append(' ').append(token).append(' ').append(count));
        return answer.toString();
    }
}
