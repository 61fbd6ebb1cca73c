package dev.bulla.journeys;

import dev.bulla.databases.Postgres;

class OvertakenOnPostgresTest extends OvertakenPromises {
    @Override
    Stage stage() {
        return Stage.on(Postgres.dataSource());
    }
}
