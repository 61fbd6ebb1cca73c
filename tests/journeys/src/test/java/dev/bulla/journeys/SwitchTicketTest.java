package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.connection.Ids;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.model.SealedTo;
import dev.bulla.model.Settings;
import dev.bulla.store.FlowRow;
import dev.bulla.testkit.service.Grant;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a member's word on another identity opens with the ticket, and with nothing that the host has. */
class SwitchTicketTest {
    private final World world = new World();
    private final FaultyStore faults = new FaultyStore(world.store);
    private String ticket;

    @BeforeEach
    void memberWithAKeyComesBackAsSomebodyElse() {
        world.connection("notes");
        world.owner().save("notes", Settings.none().memberKeyFirst(true));
        MemberKey key = MemberKey.parse(world.member("alice").keys().issue().text());
        world.member("alice").keys().confirm(key);
        assertConnected(world.connect("alice", "notes", "anna"));
        Landing landing = world.connect("alice", "notes", "ben");
        ticket = ((Landing.IdentityDiffers) landing.outcome()).ticket();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private FlowRow row() {
        return world.store.flows().peek(World.TENANT, Ids.hash(ticket)).orElseThrow();
    }

    private void hostAndDatabaseOpenNothing() {
        FlowRow row = row();
        Vault vault = new Vault(world.ring);
        for (Purpose purpose : Purpose.values()) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> vault.openForHost(
                            purpose, row.tenant(), row.member(), row.connectionId(), row.id(), 1, row.sealed()))
                    .extracting(BullaException::code)
                    .isIn(ErrorCode.KEY_REQUIRED, ErrorCode.RECORD_REFUSED);
        }
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> vault.openForTicket(
                        Ids.secret(), row.tenant(), row.member(), row.connectionId(), row.id(), row.sealed()))
                .extracting(BullaException::code)
                .isEqualTo(ErrorCode.KEY_WRONG);
    }

    @Test
    void waitingTokensAreNotTheHostsToRead() {
        hostAndDatabaseOpenNothing();
    }

    @Test
    void answeredTicketLeavesNothingToRead() {
        assertThat(world.member("alice").confirmIdentity(ticket, true)).isInstanceOf(Landing.Connected.class);
        assertThat(world.member("alice").account("notes").sealedTo()).isEqualTo(SealedTo.MEMBER);
        world.time.advance(Duration.ofHours(20));
        world.bulla.maintenance().purge();
        hostAndDatabaseOpenNothing();
    }

    @Test
    void lostAnswerOfTheTakeLosesNoTokens() {
        faults.after("flows.take", 1);
        try (var node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT).member("alice").confirmIdentity(ticket, true))
                    .isInstanceOf(Landing.Connected.class);
        }
    }

    @Test
    void databaseThatIsAwayBeforeTheTakeLeavesTheTicketGood() {
        faults.before("connections.find", 1);
        try (var node = world.start(faults.store())) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> node.tenant(World.TENANT).member("alice").confirmIdentity(ticket, true))
                    .returns(ErrorCode.STORE_UNAVAILABLE, BullaException::code);
            assertThat(node.tenant(World.TENANT).member("alice").confirmIdentity(ticket, true))
                    .isInstanceOf(Landing.Connected.class);
        }
    }

    @Test
    void connectionThatGoesAfterTheTakeEndsTheTokens() {
        faults.first("members.find", () -> world.owner().deleteWithAccounts("notes"));
        try (var node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT).member("alice").confirmIdentity(ticket, true))
                    .isEqualTo(new Landing.Failed(ConnectError.USERAGENT_NOT_FOUND, "connection_unknown"));
        }
        assertThat(world.server.grants("ben")).extracting(Grant::clientId).isEmpty();
    }

    @Test
    void retiredAppIsSaid() {
        world.server.registerClient(
                "next",
                "secret-of-next",
                world.owner().get("notes").redirectUri().toString());
        world.owner().save("notes", Settings.clientId("next").clientSecret("secret-of-next"));
        world.owner().retireOldApps("notes");
        assertThat(world.member("alice").confirmIdentity(ticket, true))
                .isEqualTo(new Landing.Failed(ConnectError.INVALID_CONFIG, "app_gone"));
    }
}
