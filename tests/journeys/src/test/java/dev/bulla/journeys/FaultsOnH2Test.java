package dev.bulla.journeys;

import dev.bulla.databases.H2Server;
import java.util.List;
import javax.sql.DataSource;

class FaultsOnH2Test extends FaultPromises {
    @Override
    DataSource database() {
        return H2Server.dataSource("faults");
    }

    @Override
    List<Fault> faults() {
        return Fault.H2;
    }
}
