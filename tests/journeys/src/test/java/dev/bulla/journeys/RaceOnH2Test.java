package dev.bulla.journeys;

class RaceOnH2Test extends RacePromises {
    @Override
    Stage stage() {
        return Stage.onH2();
    }
}
