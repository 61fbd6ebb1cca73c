package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.bulla.databases.H2Server;
import javax.sql.DataSource;

class H2HostilePoolTest extends PooledContract {
    @Override
    DataSource database() {
        return H2Server.dataSource("hostile");
    }

    @Override
    void settings(HikariConfig config) {
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    }
}
