package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.bulla.databases.H2Server;
import javax.sql.DataSource;

class H2ServerStoreTest extends PooledContract {
    @Override
    DataSource database() {
        return H2Server.dataSource("store");
    }

    @Override
    void settings(HikariConfig config) {}
}
