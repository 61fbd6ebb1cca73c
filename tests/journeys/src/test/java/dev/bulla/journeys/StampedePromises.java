package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Maintenance.Swept;
import dev.bulla.Session;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many callers find one token ended, at a service that ends everything where a refresh token comes twice. */
abstract class StampedePromises {
    private Stage stage;

    abstract Stage stage();

    @BeforeEach
    void open() {
        stage = stage().connected().after(Stage.ENDED);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void callersOfOneInstanceCauseOneRefresh() {
        try (Session shared = stage.alice().session()) {
            List<String> tokens =
                    Crowd.of(64, number -> number % 2 == 0 ? Stage.token(shared) : Stage.token(stage.alice()));

            assertThat(Set.copyOf(tokens)).hasSize(1).allMatch(stage::lives);
        }
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void callersOfTwoInstancesCauseOneRefresh() {
        Bulla other = stage.node();
        List<String> tokens = Crowd.of(64, number -> Stage.token(number % 2 == 0 ? stage.alice() : Stage.alice(other)));

        assertThat(Set.copyOf(tokens)).hasSize(1).allMatch(stage::lives);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void callersOfThreeNodesCauseOneRefresh() {
        List<Bulla> nodes = List.of(stage.node(), stage.node(), stage.node());
        List<String> tokens = Crowd.of(3 * 64, number -> Stage.token(Stage.alice(nodes.get(number % 3))));

        assertThat(Set.copyOf(tokens)).hasSize(1).allMatch(stage::lives);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.redemptions()).isEqualTo(1);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void sweepsOfTwoInstancesRefreshEveryDueAccountOnce() {
        World world = stage.world;
        world.connect("ben", "notes", "ben");
        for (String name : List.of("second", "third", "fourth")) {
            world.connection(name);
            world.connect("alice", name, "anna");
            world.connect("ben", name, "ben");
        }
        stage.after(Stage.ENDED);
        world.server.journal().clear();
        Bulla other = stage.node();

        List<Swept> swept = Crowd.of(
                2, number -> (number == 0 ? world.bulla : other).maintenance().refreshDue(100));

        assertThat(stage.refreshes()).isEqualTo(8);
        assertThat(stage.redemptions()).isEqualTo(1);
        assertThat(swept).allMatch(one -> one.failed() == 0);
        assertThat(world.bulla.maintenance().refreshDue(100)).isEqualTo(SweepTest.NOTHING);
    }
}
