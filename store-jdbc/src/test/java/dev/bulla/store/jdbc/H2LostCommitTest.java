package dev.bulla.store.jdbc;

import dev.bulla.databases.H2Server;
import javax.sql.DataSource;

class H2LostCommitTest extends LostCommitContract {
    @Override
    DataSource database() {
        return H2Server.dataSource("lost");
    }
}
