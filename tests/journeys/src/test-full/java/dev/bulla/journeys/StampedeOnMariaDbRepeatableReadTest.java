package dev.bulla.journeys;

import dev.bulla.databases.MariaDb;

class StampedeOnMariaDbRepeatableReadTest extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.on(MariaDb.dataSource("journeys", ""), Stage.pools("TRANSACTION_REPEATABLE_READ"));
    }
}
