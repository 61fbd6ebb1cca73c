package dev.bulla.store.jdbc;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2ChangesTest extends ChangesContract {
    private static final JdbcConnectionPool POOL =
            JdbcConnectionPool.create("jdbc:h2:mem:changes;DB_CLOSE_DELAY=-1", "sa", "");

    @Override
    DataSource database() {
        return POOL;
    }
}
