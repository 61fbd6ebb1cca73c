package dev.bulla.journeys;

class StampedeTest extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.inMemory();
    }
}
