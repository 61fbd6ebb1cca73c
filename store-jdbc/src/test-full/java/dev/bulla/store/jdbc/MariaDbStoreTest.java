package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.bulla.databases.MariaDb;
import javax.sql.DataSource;

class MariaDbStoreTest extends PooledContract {
    @Override
    DataSource database() {
        return MariaDb.dataSource("store", "");
    }

    @Override
    void settings(HikariConfig config) {}
}
