package dev.bulla.databases;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of this JVM; where it can not start, the test that asks for it is skipped and says why. */
public final class Postgres {
    private static final Object START = start();

    private Postgres() {}

    /** Connections to it, without a pool. */
    public static PGSimpleDataSource dataSource() {
        if (START instanceof EmbeddedPostgres server) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(server.getJdbcUrl("postgres", "postgres"));
            return source;
        }
        Assumptions.abort("PostgreSQL can not start here: " + START);
        throw new AssertionError("not reached");
    }

    private static Object start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "300")
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return server;
        } catch (IOException | RuntimeException e) {
            return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getName());
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
