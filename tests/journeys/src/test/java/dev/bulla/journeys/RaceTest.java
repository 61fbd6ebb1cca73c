package dev.bulla.journeys;

class RaceTest extends RacePromises {
    @Override
    Stage stage() {
        return Stage.inMemory();
    }
}
