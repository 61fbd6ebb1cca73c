package dev.bulla.store.jdbc;

import dev.bulla.databases.Postgres;
import javax.sql.DataSource;

class PostgresLostCommitTest extends LostCommitContract {
    @Override
    DataSource database() {
        return Postgres.dataSource();
    }
}
