package dev.bulla.journeys;

import dev.bulla.databases.MariaDb;
import java.util.List;
import javax.sql.DataSource;

class FaultsOnMariaDbTest extends FaultPromises {
    @Override
    DataSource database() {
        return MariaDb.dataSource("faults", "");
    }

    @Override
    List<Fault> faults() {
        return Fault.MARIADB;
    }
}
