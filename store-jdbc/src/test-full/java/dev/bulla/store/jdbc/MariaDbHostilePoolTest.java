package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import dev.bulla.databases.MariaDb;
import javax.sql.DataSource;

/** Affected rows as MySQL drivers count them: an update that changes nothing counts as none. */
class MariaDbHostilePoolTest extends PooledContract {
    @Override
    DataSource database() {
        return MariaDb.dataSource("hostile", "useAffectedRows=true");
    }

    @Override
    void settings(HikariConfig config) {
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    }
}
