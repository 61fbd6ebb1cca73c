package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.bulla.databases.Postgres;
import javax.sql.DataSource;

class PostgresStoreTest extends PooledContract {
    @Override
    DataSource database() {
        return Postgres.dataSource();
    }

    @Override
    void settings(HikariConfig config) {}
}
