package dev.bulla.store.jdbc;

import dev.bulla.databases.MariaDb;
import javax.sql.DataSource;

class MariaDbDatabaseTest extends DatabaseContract {
    @Override
    DataSource database() {
        return MariaDb.dataSource("setup", "");
    }

    @Override
    String file() {
        return "META-INF/bulla/db/mariadb/V001__init.sql";
    }
}
