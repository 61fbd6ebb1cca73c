package dev.bulla.journeys;

import dev.bulla.databases.MariaDb;

class OvertakenOnMariaDbTest extends OvertakenPromises {
    @Override
    Stage stage() {
        return Stage.on(MariaDb.dataSource("journeys", ""));
    }
}
