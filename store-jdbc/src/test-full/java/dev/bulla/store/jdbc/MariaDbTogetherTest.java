package dev.bulla.store.jdbc;

import dev.bulla.databases.MariaDb;
import javax.sql.DataSource;

/** Affected rows as MySQL drivers count them: an update that changes nothing counts as none. */
class MariaDbTogetherTest extends TogetherContract {
    @Override
    DataSource database() {
        return MariaDb.dataSource("together", "useAffectedRows=true");
    }
}
