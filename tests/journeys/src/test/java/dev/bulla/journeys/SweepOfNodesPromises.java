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
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Three nodes, one database, many due accounts, and a service that ends everything where a refresh token comes twice. */
abstract class SweepOfNodesPromises {
    private static final int ACCOUNTS = 300;

    abstract Stage stage();

    /** A node that looks for what is due when the others do. */
    private static Bulla node(Stage stage, CountDownLatch together) {
        FaultyStore store = new FaultyStore(stage.store(UnaryOperator.identity()));
        store.first("upkeep.due", () -> {
            together.countDown();
            Crowd.pass(together);
        });
        return stage.node(store.store(), stage.world.provider("demo"));
    }

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
            CountDownLatch together = new CountDownLatch(3);
            List<Bulla> nodes = List.of(node(stage, together), node(stage, together), node(stage, together));
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
