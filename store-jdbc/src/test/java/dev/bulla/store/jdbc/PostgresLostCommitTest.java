package dev.bulla.store.jdbc;

import javax.sql.DataSource;

class PostgresLostCommitTest extends LostCommitContract {
    @Override
    DataSource database() {
        return Postgres.dataSource();
    }
}
