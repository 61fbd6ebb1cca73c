package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Maintenance.Swept;
import dev.bulla.SweepSettings;
import dev.bulla.Sweeper;
import dev.bulla.store.AccountRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three nodes, one database, many due accounts, and a service that ends everything where a refresh token comes twice. */
abstract class SweepOfNodesPromises {
    private static final int ACCOUNTS = 300;

    abstract Stage stage();

    @Test
    void nodesShareTheWorkAndDoNothingTwice() {
        try (Stage stage = stage()) {
            stage.world.connection("notes");
            Crowd.of(4, worker -> {
                for (int i = worker; i < ACCOUNTS; i += 4) {
                    stage.world
                            .member("m" + i)
                            .complete(stage.world.trip("m" + i, "notes", "anna").request());
                }
                return true;
            });
            stage.world.server.journal().clear();
            stage.after(Stage.DUE);
            List<Bulla> nodes = List.of(stage.node(), stage.node(), stage.node());
            List<Sweeper> sweepers = new ArrayList<>();
            nodes.forEach(node -> sweepers.add(
                    node.maintenance().start(SweepSettings.standard().every(Duration.ofMinutes(10)))));
            Crowd.until(() ->
                    sweepers.stream().allMatch(sweeper -> sweeper.progress().rounds() == 1));

            List<Swept> swept = sweepers.stream()
                    .map(sweeper -> sweeper.progress().last().orElseThrow().swept())
                    .toList();
            assertThat(swept).allMatch(one -> one.refreshed() > 0 && one.failed() == 0 && one.leftOut() == 0);
            assertThat(swept.stream().mapToInt(Swept::refreshed).sum()).isEqualTo(ACCOUNTS);
            assertThat(stage.refreshes()).isEqualTo(ACCOUNTS);
            assertThat(stage.redemptions()).isEqualTo(1);
            String connection = stage.world.owner().get("notes").id();
            assertThat(stage.rows().accounts().ofConnection(World.TENANT, connection))
                    .hasSize(ACCOUNTS)
                    .extracting(AccountRow::sealNo)
                    .containsOnly(2L);
        }
    }
}
