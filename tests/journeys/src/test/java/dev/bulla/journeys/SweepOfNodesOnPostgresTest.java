package dev.bulla.journeys;

import dev.bulla.databases.Postgres;

class SweepOfNodesOnPostgresTest extends SweepOfNodesPromises {
    @Override
    Stage stage() {
        return Stage.on(Postgres.dataSource());
    }
}
