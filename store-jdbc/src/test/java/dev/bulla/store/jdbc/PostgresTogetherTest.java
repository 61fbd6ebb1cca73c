package dev.bulla.store.jdbc;

import dev.bulla.databases.Postgres;
import javax.sql.DataSource;

class PostgresTogetherTest extends TogetherContract {
    @Override
    DataSource database() {
        return Postgres.dataSource();
    }
}
