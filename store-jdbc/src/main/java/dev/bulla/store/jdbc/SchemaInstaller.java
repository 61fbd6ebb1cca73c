package dev.bulla.store.jdbc;

import dev.bulla.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Runs the schema files of this jar, for hosts without a migration tool. Never run by the store itself.
 *
 * <p>Safe to run at every start and by many starters at once: the files leave alone what exists, and a starter that met another one
 * in the middle begins again. The user of the pool needs the right to create tables. Thread-safe.
 */
public final class SchemaInstaller {
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";\\s*(\\n|$)");
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
    private static final int TRIES = 10;

    private SchemaInstaller() {}

    /** Installs the tables {@code bulla_*} where they are missing. */
    public static void install(DataSource pool) {
        install(pool, Prefix.USUAL);
    }

    /**
     * Installs the tables where they are missing.
     *
     * @param prefix as for {@link JdbcStore#withTablePrefix}
     * @throws StoreException of kind {@code SETUP} where the database refuses, {@code UNAVAILABLE} where it is away
     */
    public static void install(DataSource pool, String prefix) {
        Prefix.checked(prefix);
        Dialect dialect = Sql.dialectOf(pool);
        List<String> statements = statements(dialect, prefix);
        for (int tries = 1; ; tries++) {
            try (Borrowed borrowed = Borrowed.reading(pool)) {
                run(borrowed.connection(), statements);
                return;
            } catch (Borrowed.NoConnection e) {
                throw Fault.noConnection(e.getCause());
            } catch (SQLException e) {
                if (tries == TRIES) {
                    throw Fault.of(e, dialect).because(e);
                }
                pause();
            }
        }
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> statements(Dialect dialect, String prefix) {
        String file = COMMENT.matcher(read(dialect.schemaFile(Schema.VERSION)).replace(Prefix.USUAL, prefix))
                .replaceAll("");
        return END_OF_STATEMENT
                .splitAsStream(file)
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String read(String file) {
        try (InputStream in = SchemaInstaller.class.getResourceAsStream("/" + file)) {
            if (in == null) {
                throw Fault.SETUP.because("The schema file " + file + " is missing from the jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.SETUP, "The schema file " + file + " can not be read.", e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(20, 100));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.UNAVAILABLE.because("The installer was interrupted.");
        }
    }

    /**
     * Installs from a command line: {@code java -cp <jars and driver> dev.bulla.store.jdbc.SchemaInstaller <jdbc url> [prefix]}. User
     * and password come from the environment variables {@code BULLA_DB_USER} and {@code BULLA_DB_PASSWORD}, or from the URL.
     */
    public static void main(String[] args) {
        if (args.length < 1 || args.length > 2) {
            throw new IllegalArgumentException("Arguments: <jdbc url> [table prefix]");
        }
        install(new DriverPool(args[0]), args.length == 2 ? args[1] : Prefix.USUAL);
    }

    /** The driver manager as a pool without pooling. */
    private static final class DriverPool implements DataSource {
        private final String url;

        DriverPool(String url) {
            this.url = url;
        }

        @Override
        public Connection getConnection() throws SQLException {
            String user = System.getenv("BULLA_DB_USER");
            return user == null
                    ? DriverManager.getConnection(url)
                    : DriverManager.getConnection(url, user, System.getenv("BULLA_DB_PASSWORD"));
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }

        @Override
        public PrintWriter getLogWriter() {
            return new PrintWriter(Writer.nullWriter());
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public java.util.logging.Logger getParentLogger() {
            return java.util.logging.Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("Nothing is wrapped.");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
