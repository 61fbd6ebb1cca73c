package dev.bulla.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The databases, and the pool that Bulla and its peers share. */
final class Databases {
    private Databases() {}

    /** A PostgreSQL 18 of our own, with its usual settings, {@code fsync} aside. */
    static EmbeddedPostgres postgres(boolean fsync) {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", fsync ? "on" : "off")
                    .setServerConfig("max_connections", "200")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String url(EmbeddedPostgres server) {
        return server.getJdbcUrl("postgres", "postgres");
    }

    static String h2() {
        return "jdbc:h2:mem:benchmark;DB_CLOSE_DELAY=-1";
    }

    static HikariDataSource pool(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    static void run(DataSource pool, String... statements) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    static String ask(DataSource pool, String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Copies one row of a table until it has that many more.
     *
     * @param changed column to expression; {@code n} is the number of the copy
     */
    static void fill(DataSource pool, boolean h2, String table, int copies, java.util.Map<String, String> changed) {
        List<String> columns = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                columns.add(result.getMetaData().getColumnName(i).toLowerCase(java.util.Locale.ROOT));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String values =
                columns.stream().map(name -> changed.getOrDefault(name, name)).collect(Collectors.joining(", "));
        String numbers = h2 ? "(select x as n from system_range(1, %d))" : "(select n from generate_series(1, %d) n)";
        run(
                pool,
                "insert into " + table + " (" + String.join(", ", columns) + ") select " + values
                        + " from (select * from " + table + " limit 1) one, " + numbers.formatted(copies) + " numbers");
    }
}
