package dev.bulla.databases;

import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/** One H2 server for all tests of this JVM, asked over TCP. */
public final class H2Server {
    private static final Server SERVER = start();

    private H2Server() {}

    /** Connections to the database of this name, which lies in the memory of the server and is made where it is missing. */
    public static JdbcDataSource dataSource(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:tcp://localhost:" + SERVER.getPort() + "/mem:" + name + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static Server start() {
        try {
            return Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists")
                    .start();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
