package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.bulla.databases.H2Server;
import javax.sql.DataSource;

class H2PoolOfOneTest extends PooledContract {
    @Override
    DataSource database() {
        return H2Server.dataSource("one");
    }

    @Override
    void settings(HikariConfig config) {
        config.setMaximumPoolSize(1);
    }
}
