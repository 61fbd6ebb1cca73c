package dev.bulla.journeys;

import dev.bulla.databases.MariaDb;

class StampedeOnMariaDbTest extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.on(MariaDb.dataSource("journeys", ""));
    }
}
