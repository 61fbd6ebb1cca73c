package dev.bulla.journeys;

import dev.bulla.databases.MariaDb;

class StampedeOnMariaDbReadCommittedTest extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.on(MariaDb.dataSource("journeys", ""), Stage.pools("TRANSACTION_READ_COMMITTED"));
    }
}
