package dev.bulla.journeys;

import dev.bulla.databases.MariaDb;

class RaceOnMariaDbTest extends RacePromises {
    @Override
    Stage stage() {
        return Stage.on(MariaDb.dataSource("journeys", ""));
    }
}
