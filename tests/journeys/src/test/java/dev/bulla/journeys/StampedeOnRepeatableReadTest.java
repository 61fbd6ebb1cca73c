package dev.bulla.journeys;

import dev.bulla.databases.Postgres;

class StampedeOnRepeatableReadTest extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.on(Postgres.dataSource(), Stage.pools("TRANSACTION_REPEATABLE_READ"));
    }
}
