package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that the host provides for everybody, beside accounts of the members' own. */
class HostCredentialTest {
    private final Stage stage = Stage.inMemory();
    private Bulla node;
    private String key;

    @BeforeEach
    void open() {
        stage.connected();
        key = Stage.token(stage.alice());
        Provider keyed = Provider.builder("keyed", "Keyed")
                .form(new KeyForm(
                        List.of(Field.secret("key", "Key", "any")),
                        "key",
                        (values, call) -> new KeyForm.Verification(true, Identity.of("one", "One"), List.of())))
                .hostCredential()
                .api(ApiAccess.bearer(stage.world.server.issuer().toString()))
                .build();
        node = stage.node(stage.world.provider("demo"), keyed);
        Connections owner = node.tenant(World.TENANT).connections();
        owner.create("everybody", "keyed", Mode.HOST_CREDENTIAL);
        owner.save("everybody", Settings.none().withSecret("key", key));
        owner.create("own", "keyed", Mode.FORM);
        stage.world.server.journal().clear();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void hostCredentialNeedsNoAccount() {
        try (Session ben = node.tenant(World.TENANT).member("ben").session()) {
            assertThat(ben.call("everybody", Stage.ME).status()).isEqualTo(200);
        }
    }

    @Test
    void missingAccountIsNotReplacedByTheHostsCredential() {
        try (Session ben = node.tenant(World.TENANT).member("ben").session()) {
            for (String connection : List.of("notes", "own")) {
                assertThat(Stage.failure(() -> ben.call(connection, Stage.ME)).code())
                        .isIn(ErrorCode.NOT_CONNECTED, ErrorCode.NOT_ENABLED);
            }
        }
        assertThat(stage.world.server.journal().apiCalls()).isEmpty();
    }

    @Test
    void disabledHostCredentialIsRefused() {
        node.tenant(World.TENANT).connections().disable("everybody");
        try (Session ben = node.tenant(World.TENANT).member("ben").session()) {
            assertThat(Stage.failure(() -> ben.call("everybody", Stage.ME)).code())
                    .isEqualTo(ErrorCode.NOT_ENABLED);
        }
        assertThat(stage.world.server.journal().apiCalls()).isEmpty();
    }

    @Test
    void refusedHostCredentialIsTheCallersToSee() {
        stage.world.server.service().endAccess("anna");
        try (Session ben = node.tenant(World.TENANT).member("ben").session()) {
            assertThat(ben.call("everybody", Stage.ME).status()).isEqualTo(401);
        }
        assertThat(stage.refreshes()).isZero();
    }
}
