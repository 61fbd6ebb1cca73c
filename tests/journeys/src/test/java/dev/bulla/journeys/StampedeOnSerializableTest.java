package dev.bulla.journeys;

import dev.bulla.databases.Postgres;

class StampedeOnSerializableTest extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.on(Postgres.dataSource(), Stage.pools("TRANSACTION_SERIALIZABLE"));
    }
}
