package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.testkit.service.Grant;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reconnect that comes back with another identity changes nothing until the member says yes. */
class IdentitySwitchTest {
    private static final Landing.Failed EXPIRED = new Landing.Failed(ConnectError.SESSION_EXPIRED, "ticket_unknown");

    private final World world = new World();
    private ConnectedAccount before;

    @BeforeEach
    void connected() {
        world.connection("notes");
        assertConnected(world.connect("alice", "notes", "anna"));
        before = account();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ConnectedAccount account() {
        return world.member("alice").account("notes");
    }

    private Landing.IdentityDiffers differs() {
        Landing landing = world.connect("alice", "notes", "ben");
        assertThat(landing.location()).hasToString(World.RETURN + "?demo_error=identity_differs&connection=notes");
        assertThat(landing.outcome()).isInstanceOf(Landing.IdentityDiffers.class);
        Landing.IdentityDiffers differs = (Landing.IdentityDiffers) landing.outcome();
        assertThat(differs.before()).contains("Anna Example");
        assertThat(differs.now()).isEqualTo("Ben Example");
        assertThat(landing.location() + landing.toString() + differs).doesNotContain(differs.ticket());
        assertThat(account()).isEqualTo(before);
        return differs;
    }

    private String whoAnswers() {
        try (Session session = world.member("alice").session()) {
            return session.call("notes", ApiRequest.get("/api/me")).text();
        }
    }

    @Test
    void sameIdentityKeepsTheAccount() {
        assertConnected(world.connect("alice", "notes", "anna"));
        assertThat(account().id()).isEqualTo(before.id());
    }

    @Test
    void yesKeepsTheOtherIdentityUnderTheSameAccount() {
        Landing.Outcome outcome =
                world.member("alice").confirmIdentity(differs().ticket(), true);
        assertThat(outcome).isInstanceOf(Landing.Connected.class);
        assertThat(account().id()).isEqualTo(before.id());
        assertThat(account().displayName()).contains("Ben Example");
        assertThat(whoAnswers()).contains("Ben Example");
        assertThat(world.server.grants("anna")).isEmpty();
    }

    @Test
    void noRevokesWhatArrivedAndLeavesTheAccount() {
        Landing.Outcome outcome =
                world.member("alice").confirmIdentity(differs().ticket(), false);
        assertThat(outcome).isEqualTo(new Landing.Failed(ConnectError.AUTHORIZATION_DENIED, "identity_declined"));
        assertThat(world.server.grants("ben")).isEmpty();
        assertThat(account()).isEqualTo(before);
        assertThat(whoAnswers()).contains("Anna Example");
    }

    @Test
    void ticketWorksOnce() {
        String ticket = differs().ticket();
        world.member("alice").confirmIdentity(ticket, false);
        assertThat(world.member("alice").confirmIdentity(ticket, true))
                .isEqualTo(new Landing.Failed(ConnectError.SESSION_EXPIRED, "ticket_used"));
        assertThat(account().displayName()).contains("Anna Example");
    }

    @Test
    void ticketLivesAQuarterOfAnHour() {
        String late = differs().ticket();
        world.time.advance(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(world.member("alice").confirmIdentity(late, true))
                .isEqualTo(new Landing.Failed(ConnectError.SESSION_EXPIRED, "ticket_expired"));
        assertThat(account().displayName()).contains("Anna Example");
    }

    @Test
    void ticketOfAnotherMemberIsLikeAnUnknownOneAndStaysGood() {
        String ticket = differs().ticket();
        assertThat(world.member("mallory").confirmIdentity(ticket, true)).isEqualTo(EXPIRED);
        assertThat(world.member("mallory").confirmIdentity("no ticket at all", true))
                .isEqualTo(EXPIRED);
        assertThat(world.bulla.tenant("umbrella").member("alice").confirmIdentity(ticket, true))
                .isEqualTo(EXPIRED);
        assertThat(world.member("mallory").accounts()).isEmpty();
        assertThat(world.member("alice").confirmIdentity(ticket, true)).isInstanceOf(Landing.Connected.class);
    }

    @Test
    void ticketIsNoStateAndAStateIsNoTicket() {
        Trip trip = world.trip("alice", "notes", "ben");
        assertThat(world.member("alice").confirmIdentity(trip.parameter("state"), true))
                .isEqualTo(EXPIRED);
        assertThat(world.member("alice")
                        .complete(trip.with("state", differs().ticket()))
                        .outcome())
                .isEqualTo(new Landing.Failed(ConnectError.SESSION_EXPIRED, "state_unknown"));
    }

    @Test
    void connectionSwitchedOffMeanwhileKeepsNothing() {
        String ticket = differs().ticket();
        world.owner().disable("notes");
        assertThat(world.member("alice").confirmIdentity(ticket, true))
                .isEqualTo(new Landing.Failed(ConnectError.INVALID_CONFIG, "connection_off"));
        assertThat(world.server.grants("ben")).extracting(Grant::clientId).isEmpty();
    }

    @Test
    void anotherLabelIsAnotherAccount() {
        Trip trip = Trip.agreed(
                world.server,
                (dev.bulla.model.ConnectStep.Redirect) world.member("alice").connect("notes", "work", World.RETURN),
                "ben");
        assertConnected(world.member("alice").complete(trip.request()));
        assertThat(world.member("alice").accounts())
                .extracting(ConnectedAccount::label)
                .containsExactlyInAnyOrder("", "work");
    }

    @Test
    void yesAfterADisconnectIsTooLate() {
        Landing.IdentityDiffers differs = differs();
        world.member("alice").disconnect("notes");

        assertThat(world.member("alice").confirmIdentity(differs.ticket(), true))
                .isEqualTo(new Landing.Failed(ConnectError.SESSION_EXPIRED, "account_changed"));
        assertThat(account().ready()).isFalse();
        assertThat(world.server.grants("ben")).isEmpty();
    }

    @Test
    void yesAfterAnotherConsentIsTooLate() {
        Landing.IdentityDiffers differs = differs();
        world.time.advance(Duration.ofSeconds(1));
        assertConnected(world.connect("alice", "notes", "anna"));

        assertThat(world.member("alice").confirmIdentity(differs.ticket(), true))
                .isEqualTo(new Landing.Failed(ConnectError.SESSION_EXPIRED, "account_changed"));
        assertThat(whoAnswers()).contains("Anna Example");
        assertThat(world.server.grants("ben")).isEmpty();
    }
}
