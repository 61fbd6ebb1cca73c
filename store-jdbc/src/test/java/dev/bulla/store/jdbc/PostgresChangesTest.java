package dev.bulla.store.jdbc;

import dev.bulla.databases.Postgres;
import javax.sql.DataSource;

class PostgresChangesTest extends ChangesContract {
    @Override
    DataSource database() {
        return Postgres.dataSource();
    }
}
