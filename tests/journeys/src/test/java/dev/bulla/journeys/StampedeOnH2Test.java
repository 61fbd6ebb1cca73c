package dev.bulla.journeys;

class StampedeOnH2Test extends StampedePromises {
    @Override
    Stage stage() {
        return Stage.onH2();
    }
}
