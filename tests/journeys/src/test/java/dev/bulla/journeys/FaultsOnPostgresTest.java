package dev.bulla.journeys;

import dev.bulla.databases.Postgres;
import java.util.List;
import javax.sql.DataSource;

class FaultsOnPostgresTest extends FaultPromises {
    @Override
    DataSource database() {
        return Postgres.dataSource();
    }

    @Override
    List<Fault> faults() {
        return Fault.POSTGRES;
    }
}
