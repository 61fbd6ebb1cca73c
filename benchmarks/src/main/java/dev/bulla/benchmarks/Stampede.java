package dev.bulla.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Many callers find one token ended: 64 in one JVM, and 64 in each of three, on PostgreSQL, at a service that takes 50 ms to answer;
 * once at one that ends everything where a refresh token comes twice, once at one that answers it twice. What counts is the worst
 * round.
 */
final class Stampede {
    static final int CALLERS = 64;
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final int WARM_UP = 10;
    private static final int ROUNDS = Integer.getInteger("rounds", 20);
    private static final int NODES = 3;

    private final Figures figures = Figures.of("stampede");

    private Stampede() {}

    public static void main(String[] args) throws IOException {
        Machine.describe();
        Stampede stampede = new Stampede();
        Path ring = Files.createTempDirectory("bulla-benchmark").resolve("ring");
        try (EmbeddedPostgres server = Databases.postgres(false);
                HikariDataSource pool = Databases.pool(Databases.url(server), 4)) {
            for (String kind : List.of("bulla", "spring", "google")) {
                stampede.run(kind, Databases.url(server), pool, ring);
            }
        } finally {
            Files.deleteIfExists(ring);
            Files.deleteIfExists(ring.getParent());
        }
        stampede.figures.print();
    }

    /** What the rounds of one kind came to. */
    private static final class Worst {
        private final int warmUp;
        private int requests;
        private int failures;
        private double slowest;
        private final List<Double> all = new ArrayList<>();

        Worst(int warmUp) {
            this.warmUp = warmUp;
        }

        void add(int round, int requestsSeen, int failuresSeen, double slowestSeen) {
            requests = Math.max(requests, requestsSeen);
            failures = Math.max(failures, failuresSeen);
            if (round > warmUp) {
                slowest = Math.max(slowest, slowestSeen);
                all.add(slowestSeen);
            }
        }

        double typical() {
            return Figures.median(all.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    private void run(String kind, String url, HikariDataSource pool, Path ring) throws IOException {
        // peers that fail do so one caller after the other, which takes seconds a round
        int warmUp = kind.equals("bulla") ? WARM_UP : 2;
        Worst worst = new Worst(warmUp);
        List<Runnable> details = new ArrayList<>();
        for (Map.Entry<String, Rotation> rotation : List.of(
                Map.entry("strict", Rotation.STRICT), Map.entry("lax", Rotation.grace(Duration.ofMinutes(1))))) {
            try (AuthorizationServer server = AuthorizationServer.builder()
                            .rotation(rotation.getValue())
                            .accessLifetime(Duration.ofHours(1))
                            .user("anna", "anna-password", "Anna Example")
                            .start();
                    Victim victim = Victim.of(kind, server, pool, ring)) {
                List<Node> nodes = new ArrayList<>();
                try {
                    for (int i = 0; i < NODES; i++) {
                        nodes.add(Node.start(kind, url, server, ring));
                    }
                    for (int crowd : List.of(1, NODES)) {
                        Worst here = new Worst(warmUp);
                        for (int round = 1; round <= warmUp + ROUNDS; round++) {
                            round(round, server, victim, nodes.subList(0, crowd), here, worst);
                        }
                        String name = kind + "." + rotation.getKey() + "." + (crowd == 1 ? "" : crowd + "x") + CALLERS;
                        System.err.printf(
                                Locale.ROOT,
                                "# %s: %d requests, %d failures, slowest %.2f, usually %.2f%n",
                                name,
                                here.requests,
                                here.failures,
                                here.slowest,
                                here.typical());
                        details.add(() -> figures.put(name + ".requests", here.requests)
                                .put(name + ".failures", here.failures)
                                .put(name + ".slowest.ratio", here.slowest));
                    }
                } finally {
                    nodes.forEach(Node::close);
                }
            }
        }
        figures.put(kind + ".requests", worst.requests)
                .put(kind + ".failures", worst.failures)
                .put(kind + ".slowest.ratio", worst.slowest)
                .put(kind + ".usual.ratio", worst.typical());
        details.forEach(Runnable::run);
    }

    private static void round(
            int round, AuthorizationServer server, Victim victim, List<Node> nodes, Worst here, Worst worst) {
        server.misfortunes().reset();
        victim.end();
        server.journal().clear();
        server.misfortunes().always(Misfortune.slow(DELAY));
        nodes.forEach(node -> node.say("ready"));
        nodes.forEach(Node::answer);
        nodes.forEach(node -> node.say("go"));
        int requests;
        int failures = 0;
        long slowest = 0;
        for (Node node : nodes) {
            String[] answer = node.answer().split(" ");
            slowest = Math.max(slowest, Long.parseLong(answer[0]));
            failures += Integer.parseInt(answer[1]);
            for (int i = 2; i < answer.length; i += 2) {
                boolean lives = server.service().access(answer[i]).isPresent();
                failures += lives ? 0 : Integer.parseInt(answer[i + 1]);
            }
        }
        requests = (int) server.journal().tokenRequests().stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .count();
        if (requests == 0) {
            throw new IllegalStateException("nobody took the token for ended");
        }
        double ratio = slowest / 1_000.0 / DELAY.toMillis();
        here.add(round, requests, failures, ratio);
        worst.add(round, requests, failures, ratio);
        if (failures > 0) {
            server.misfortunes().reset();
            victim.connect();
        }
    }
}
