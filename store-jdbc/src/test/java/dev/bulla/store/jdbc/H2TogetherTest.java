package dev.bulla.store.jdbc;

import dev.bulla.databases.H2Server;
import javax.sql.DataSource;

class H2TogetherTest extends TogetherContract {
    @Override
    DataSource database() {
        return H2Server.dataSource("together");
    }
}
