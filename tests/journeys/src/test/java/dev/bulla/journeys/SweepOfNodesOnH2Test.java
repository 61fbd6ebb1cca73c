package dev.bulla.journeys;

class SweepOfNodesOnH2Test extends SweepOfNodesPromises {
    @Override
    Stage stage() {
        return Stage.onH2();
    }
}
