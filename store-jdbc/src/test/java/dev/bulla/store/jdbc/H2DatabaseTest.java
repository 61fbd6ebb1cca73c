package dev.bulla.store.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On a database in a file, behind a server. */
class H2DatabaseTest extends DatabaseContract {
    @TempDir
    static Path directory;

    private static Server server;

    @BeforeAll
    static void start() throws SQLException {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Override
    DataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:tcp://localhost:" + server.getPort() + "/./database;DB_CLOSE_DELAY=-1");
        return source;
    }

    @Override
    String file() {
        return "META-INF/bulla/db/h2/V001__init.sql";
    }

    @Override
    String pause() {
        return "select sum(sin(a.x) * cos(b.x)) from system_range(1, 2000) a, system_range(1, 1000) b";
    }
}
