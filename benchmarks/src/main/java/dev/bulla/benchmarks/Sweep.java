package dev.bulla.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.SweepSettings;
import dev.bulla.Sweeper;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testing.TestTransport;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thousand due accounts among few and among many stored ones: the select alone, and three nodes that refresh them all, at a service
 * that answers at once inside this process, so that what is left is the database. Arguments: the smaller and the larger number of stored
 * accounts, 10,000 and 1,000,000 where nothing is said.
 */
final class Sweep {
    private static final int DUE = 1_000;
    private static final int LIMIT = 400;
    private static final int NODES = 3;
    private static final int SELECTS = 500;
    private static final int SWEEPS = 9;
    private static final int WARM_UP = 10;
    private static final String TENANT = "acme";
    private static final String NAME = "notes";
    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    private final HikariDataSource pool;
    private final HostKeyring ring = HostKeyring.ephemeral();
    private final AtomicInteger users = new AtomicInteger();
    private final List<Bulla> nodes = new ArrayList<>();
    private final JdbcStore store;
    private int stored = DUE;

    /** Medians: of a select with and without something due, in microseconds, and of a whole sweep, in milliseconds. */
    private record Taken(double due, double nothing, double sweep) {}

    private Sweep(HikariDataSource pool) {
        this.pool = pool;
        store = JdbcStore.of(pool);
        for (int i = 0; i < NODES; i++) {
            nodes.add(node());
        }
    }

    public static void main(String[] args) throws IOException {
        int few = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int many = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        Machine.describe();
        try (EmbeddedPostgres server = Databases.postgres(false);
                HikariDataSource pool = Databases.pool(Databases.url(server), 32)) {
            SchemaInstaller.install(pool);
            Sweep sweep = new Sweep(pool);
            sweep.connect();
            Taken small = sweep.among(few);
            Taken large = sweep.among(many);
            Figures.of("sweep")
                    .put("postgres.ratio", large.sweep() / small.sweep())
                    .put("due.ratio", large.due() / small.due())
                    .put("due.us", large.due())
                    .put("nothing.us", large.nothing())
                    .put("all.ms", large.sweep())
                    .put("few.due.us", small.due())
                    .put("few.nothing.us", small.nothing())
                    .put("few.all.ms", small.sweep())
                    .put("few", few)
                    .put("many", many)
                    .print();
            sweep.nodes.forEach(Bulla::close);
        }
    }

    private Bulla node() {
        OAuth2Spec spec = OAuth2Spec.builder("https://notes.example.com/authorize", "https://notes.example.com/token")
                .identity("https://notes.example.com/me", "id")
                .build();
        Provider provider = Provider.builder("notes", "Notes")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://notes.example.com"))
                .build();
        return Bulla.builder()
                .store(JdbcStore.of(pool))
                .baseline(Baseline.open())
                .hostKeys(ring)
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .transport(new TestTransport(this::answer))
                .providers(provider)
                .build();
    }

    private HttpAnswer answer(HttpCall call) {
        String json = call.uri().getPath().equals("/me")
                ? "{\"id\":\"user-%d\"}".formatted(users.incrementAndGet())
                : "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":86400}"
                        .formatted(text(TokenService.ACCESS_LENGTH), text(TokenService.REFRESH_LENGTH));
        return new HttpAnswer(
                200, Map.of("content-type", List.of("application/json")), json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(int length) {
        byte[] bytes = new byte[length / 2];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The accounts that will be due: real ones, which can be opened. */
    private void connect() {
        Connections owner = nodes.get(0).tenant(TENANT).connections();
        owner.create(NAME, "notes");
        owner.save(NAME, Settings.clientId("client").clientSecret("secret"));
        for (int i = 0; i < DUE; i++) {
            TokenService.connect(nodes.get(0), TENANT, "due-" + i, NAME);
        }
    }

    /** Further accounts, of the same size, due over the next thirty days. */
    private Taken among(int count) {
        System.err.println("# " + count + " accounts");
        Databases.fill(
                pool,
                false,
                "bulla_account",
                count - stored,
                Map.of(
                        "id", "'stored-%d-' || n".formatted(stored),
                        "member", "'stored-%d-' || n".formatted(stored),
                        "refresh_at", NOW + " + 3600000 + (random() * 2592000000)::bigint"));
        stored = count;
        Databases.run(pool, "vacuum analyze bulla_account", "checkpoint");
        double[] sweeps = new double[SWEEPS];
        for (int i = -WARM_UP; i < SWEEPS; i++) {
            makeDue();
            sweeps[Math.max(i, 0)] = sweep();
        }
        double nothing = selects(0);
        makeDue();
        return new Taken(selects(LIMIT), nothing, Figures.median(sweeps));
    }

    private void makeDue() {
        Databases.run(pool, "update bulla_account set refresh_at = " + NOW + " - 1000 where member like 'due-%'");
    }

    private double selects(int expected) {
        double[] taken = new double[SELECTS];
        for (int i = -SELECTS; i < SELECTS; i++) {
            long start = System.nanoTime();
            int found = store.upkeep().due(0, LIMIT).size();
            if (found != expected) {
                throw new IllegalStateException("%d due instead of %d".formatted(found, expected));
            }
            taken[Math.max(i, 0)] = (System.nanoTime() - start) / 1_000.0;
        }
        return Figures.median(taken);
    }

    private double sweep() {
        long start = System.nanoTime();
        List<Sweeper> sweepers = nodes.stream()
                .map(node -> node.maintenance().start(SweepSettings.standard().every(Duration.ofMinutes(10))))
                .toList();
        while (sweepers.stream().anyMatch(sweeper -> sweeper.progress().rounds() == 0)) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        double millis = (System.nanoTime() - start) / 1_000_000.0;
        int refreshed = sweepers.stream()
                .mapToInt(sweeper ->
                        sweeper.progress().last().orElseThrow().swept().refreshed())
                .sum();
        sweepers.forEach(Sweeper::close);
        System.err.printf("# %d refreshed in %.0f ms%n", refreshed, millis);
        if (refreshed != DUE) {
            throw new IllegalStateException("not all were refreshed once");
        }
        return millis;
    }
}
