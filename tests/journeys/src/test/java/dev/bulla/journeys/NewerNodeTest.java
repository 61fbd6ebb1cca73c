package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountChange;
import dev.bulla.model.AccountStatus;
import dev.bulla.store.AccountRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While a host is upgraded, a node of a newer version writes a status and a reason that this one does not know. */
class NewerNodeTest {
    private final Stage stage = Stage.inMemory();

    @BeforeEach
    void connect() {
        stage.connected();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void marked(String status, String reason) {
        AccountRow row = stage.row();
        stage.rows().accounts().mark(World.TENANT, row.id(), row.rowVersion(), status, reason);
    }

    @Test
    void unknownReasonIsNone() {
        marked("ACTIVE", "full_moon");
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().reason()).isEmpty();
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void unknownStatusIsNotUsed() {
        marked("FROZEN", "full_moon");
        assertThat(stage.account().status()).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.row().status()).isEqualTo("FROZEN");
    }

    @Test
    void changesGoOn() {
        stage.world.connect("ben", "notes", "ben");
        marked("FROZEN", "full_moon");
        stage.after(Duration.ofSeconds(31));
        List<AccountChange> changes =
                stage.world.bulla.maintenance().changesSince("", 10).all();
        assertThat(changes)
                .extracting(AccountChange::status)
                .containsExactlyInAnyOrder(AccountStatus.ACTIVE, AccountStatus.RECONNECT_REQUIRED);
        assertThat(changes).allMatch(change -> change.reason().isEmpty());
    }

    @Test
    void answerCountsAsStored() {
        FaultyStore faulty = new FaultyStore(stage.rows());
        Bulla node = stage.node(faulty.store(), stage.world.provider("demo"));
        stage.after(Stage.ENDED);
        faulty.first("accounts.store", () -> {
            faulty.after("accounts.store", 1);
            faulty.first("accounts.find", () -> marked("FROZEN", "full_moon"));
        });
        assertThat(Stage.failure(() -> Stage.token(Stage.alice(node))).code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(stage.refreshes()).isEqualTo(1);
    }
}
