package dev.bulla.journeys;

class OvertakenOnH2Test extends OvertakenPromises {
    @Override
    Stage stage() {
        return Stage.onH2();
    }
}
