package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.Bulla;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Landing;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.Sealed;
import dev.bulla.store.Write;
import dev.bulla.testkit.service.Grant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Removing members and deleting connections comes to its end, whatever happens beside it. */
class RemovalTest {
    private final World world = new World();
    private final FaultyStore faults = new FaultyStore(world.store);

    @BeforeEach
    void connected() {
        world.connection("notes");
        assertConnected(world.connect("alice", "notes", "anna"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private AccountRow row() {
        return world.store.accounts().ofMember(World.TENANT, "alice").get(0);
    }

    @Test
    void memberOfAForgottenProviderIsRemoved() {
        world.restartKnowing();
        assertThat(world.member("alice").remove()).isEqualTo(1);
        assertThat(world.member("alice").accounts()).isEmpty();
    }

    @Test
    void connectionOfAForgottenProviderIsDeleted() {
        world.restartKnowing();
        assertThat(world.owner().deleteWithAccounts("notes").values())
                .extracting(Disconnected::revocation)
                .containsExactly(Revocation.NOT_OFFERED);
    }

    @Test
    void memberWhoDisconnectsMeanwhileIsRemoved() {
        faults.first("accounts.find", () -> world.member("alice").disconnect("notes"));
        try (Bulla node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT).member("alice").remove()).isEqualTo(1);
        }
    }

    @Test
    void accountThatIsDisconnectedMeanwhileDoesNotStopADeletion() {
        faults.first("accounts.find", () -> world.member("alice").disconnect("notes"));
        try (Bulla node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT).connections().deleteWithAccounts("notes"))
                    .isEmpty();
        }
        assertThat(world.owner().list()).isEmpty();
    }

    @Test
    void connectionOfTheSameNameIsNotDeletedInstead() {
        faults.first("accounts.ofConnection", () -> {
            world.owner().deleteWithAccounts("notes");
            world.owner().create("notes", "demo");
        });
        try (Bulla node = world.start(faults.store())) {
            node.tenant(World.TENANT).connections().deleteWithAccounts("notes");
        }
        assertThat(world.owner().list()).hasSize(1);
    }

    @Test
    void removedMemberIsNotBroughtBackByACallback() {
        Trip trip = world.trip("alice", "notes", "anna");
        faults.first("accounts.newestKeyNo", () -> world.member("alice").remove());
        try (Bulla node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT)
                            .member("alice")
                            .complete(trip.request())
                            .outcome())
                    .isEqualTo(new Landing.Failed(ConnectError.USERAGENT_NOT_FOUND, "connection_unknown"));
        }
        assertThat(world.store.members().find(World.TENANT, "alice")).isEmpty();
        assertThat(world.server.grants("anna")).extracting(Grant::clientId).isEmpty();
    }

    @Test
    void nodeThatLacksAHostKeyClearsNothing() {
        Sealed sealed = row().sealed();
        byte[] bytes = sealed.bytes();
        bytes[8] = 77; // the number of the host term
        store(Sealed.of(bytes, 77));
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> world.member("alice").disconnect("notes"))
                .returns(ErrorCode.HOST_KEY_MISSING, BullaException::code);
        assertThat(row().sealed()).isNotNull();
        assertThat(row().status()).isEqualTo(AccountStatus.ACTIVE.name());
    }

    @Test
    void refusedRecordIsNotTheMembersToUnlock() {
        byte[] bytes = row().sealed().bytes();
        bytes[bytes.length - 1] ^= 1;
        store(Sealed.of(bytes, row().sealed().hostTerm()));
        assertThat(world.member("alice").disconnect("notes").revocation()).isEqualTo(Revocation.FAILED);
        assertThat(row().sealed()).isNull();
    }

    private void store(Sealed sealed) {
        AccountRow row = row();
        world.store
                .accounts()
                .claim(
                        row.tenant(),
                        new Claimed(row.id(), row.sealNo(), row.claim().by()),
                        "x",
                        1,
                        null);
        assertThat(world.store
                        .accounts()
                        .store(
                                new SealedWrite(
                                        row.tenant(),
                                        row.member(),
                                        row.id(),
                                        "x",
                                        "",
                                        sealed,
                                        row.sealNo() + 1,
                                        0,
                                        row.status(),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        true),
                                0))
                .isEqualTo(Write.DONE);
    }
}
