package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.bulla.databases.MariaDb;
import javax.sql.DataSource;

class MariaDbPoolOfOneTest extends PooledContract {
    @Override
    DataSource database() {
        return MariaDb.dataSource("one", "");
    }

    @Override
    void settings(HikariConfig config) {
        config.setMaximumPoolSize(1);
    }
}
