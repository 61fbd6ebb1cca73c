package dev.bulla.journeys;

import dev.bulla.databases.Postgres;

class RaceOnPostgresTest extends RacePromises {
    @Override
    Stage stage() {
        return Stage.on(Postgres.dataSource());
    }
}
