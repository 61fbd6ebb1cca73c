package dev.bulla.journeys;

class OvertakenTest extends OvertakenPromises {
    @Override
    Stage stage() {
        return Stage.inMemory();
    }
}
