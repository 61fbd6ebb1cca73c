package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2PoolOfOneTest extends PooledContract {
    @Override
    DataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:one;DB_CLOSE_DELAY=-1");
        return source;
    }

    @Override
    void settings(HikariConfig config) {
        config.setMaximumPoolSize(1);
    }
}
