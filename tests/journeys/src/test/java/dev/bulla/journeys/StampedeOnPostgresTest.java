package dev.bulla.journeys;

import dev.bulla.databases.Postgres;

class StampedeOnPostgresTest extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.on(Postgres.dataSource());
    }
}
