package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host's key changes while records are locked by it. */
class HostTermTest {
    private Path ring = Path.of("");
    private Ground ground;
    private World world;

    @BeforeEach
    void ring(@TempDir Path folder) {
        ring = folder.resolve("host.keys");
        HostKeyring.create(ring);
        ground = Ground.h2(setup -> setup.hostKeys(HostKeyring.fromFile(ring)));
        world = ground.world;
        world.connection("notes");
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private Bulla node() {
        return world.start(world.store, setup -> setup.hostKeys(HostKeyring.fromFile(ring)));
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HOST_KEY_MISSING));
    }

    @Test
    void newRecordsAreUnderTheActiveTermAndOldOnesOpen() {
        world.connect("old", "notes", "anna");
        MemberKey key = Keys.first(world.member("keyed"));
        int next = HostKeyring.stage(ring);
        try (Bulla staged = node()) {
            world.connect(staged.tenant(World.TENANT).member("meanwhile"), "notes", "anna");
        }
        HostKeyring.activate(ring, next);
        try (Bulla active = node()) {
            Member fresh = active.tenant(World.TENANT).member("fresh");
            world.connect(fresh, "notes", "anna");
            world.connect(active.tenant(World.TENANT).member("keyed"), "notes", "anna");
            active.tenant(World.TENANT).member("old").session().tokenForSdk("notes");
            fresh.session().tokenForSdk("notes");
            active.tenant(World.TENANT).member("keyed").session(key).tokenForSdk("notes");
        }
        assertThat(ground.read("select member, host_term from bulla_account order by member"))
                .extracting(row -> row.get(0) + " " + row.get(1))
                .containsExactly("fresh 2", "keyed 2", "meanwhile 1", "old 1");
    }

    @Test
    void nodeWithoutATermSaysSoAndAsksNobodyToConnectAgain() {
        HostKeyring.activate(ring, HostKeyring.stage(ring));
        try (Bulla ahead = node()) {
            world.connect(ahead.tenant(World.TENANT).member("alice"), "notes", "anna");
            MemberKey key = Keys.first(ahead.tenant(World.TENANT).member("bob"));

            Member behind = world.member("alice");
            refused(() -> behind.session().tokenForSdk("notes"));
            refused(() -> world.member("bob").session(key));
            assertThat(behind.account("notes").status()).isEqualTo(AccountStatus.ACTIVE);
        }
    }

    @Test
    void termInUseIsNeededToStart() {
        Keys.first(world.member("alice"));
        HostKeyring.activate(ring, HostKeyring.stage(ring));
        HostKeyring.retire(ring, 1);
        refused(this::node);
        // what is left under the term is the proof of a member's key
        for (String table : new String[] {"account", "flow", "app", "connection"}) {
            ground.write("delete from bulla_" + table);
        }
        refused(this::node);
        ground.write("delete from bulla_member");
        node().close();
    }

    @Test
    void otherKeysUnderTheSameNumberAreToldAtStart() {
        assertThatThrownBy(() -> world.start(world.store, setup -> setup.hostKeys(HostKeyring.ephemeral())))
                .isInstanceOfSatisfying(BullaException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SETUP);
                    assertThat(e).hasMessageContaining("term 1 is another key");
                });
        try (Bulla again = node()) {
            assertThat(again.tenant(World.TENANT).connections().get("notes").usable())
                    .isTrue();
        }
    }
}
