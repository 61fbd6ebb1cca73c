package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static dev.bulla.journeys.Trip.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Browser, member and path must be those of the flow, before the code leaves the host. */
class CallbackBindingTest {
    private final World world = new World();

    @BeforeEach
    void connections() {
        world.connection("notes");
        world.connection("other");
    }

    @AfterEach
    void close() {
        assertThat(world.tokenRequests()).isZero();
        assertThat(world.member("alice").accounts()).isEmpty();
        assertThat(world.member("mallory").accounts()).isEmpty();
        world.close();
    }

    private Member alice() {
        return world.member("alice");
    }

    @Test
    void otherBrowserIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        Landing landing = alice().complete(trip.from(Map.of()));
        assertFailed(landing, ConnectError.SESSION_EXPIRED, "other_browser");
        assertThat(landing.location().toString()).startsWith("https://app.example.com/?");
        assertFailed(alice().complete(trip.request()), ConnectError.SESSION_EXPIRED, "state_used");
    }

    @Test
    void wrongBrowserSecretIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        Map<String, String> forged = Map.of(trip.step().cookie().name(), "A".repeat(43));
        assertFailed(alice().complete(trip.from(forged)), ConnectError.SESSION_EXPIRED, "other_browser");
    }

    @Test
    void cookieOfAnotherFlowIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        Trip other = world.trip("alice", "notes", "anna");
        Map<String, String> swapped =
                Map.of(trip.step().cookie().name(), other.step().cookie().value());
        assertFailed(alice().complete(trip.from(swapped)), ConnectError.SESSION_EXPIRED, "other_browser");
    }

    @Test
    void otherMemberInTheSameBrowserIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        assertFailed(world.member("mallory").complete(trip.request()), ConnectError.SESSION_EXPIRED, "other_member");
    }

    @Test
    void addressGivenToAVictimConnectsNobody() {
        ConnectStep.Redirect attackers =
                (ConnectStep.Redirect) world.member("mallory").connect("notes", World.RETURN);
        Trip victim = Trip.agreed(world.server, attackers, "anna");
        assertFailed(alice().complete(victim.from(Map.of())), ConnectError.SESSION_EXPIRED, "other_member");
        assertFailed(world.member("mallory").complete(victim.request()), ConnectError.SESSION_EXPIRED, "state_used");
    }

    @Test
    void callbackOnThePathOfAnotherConnectionIsRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        URI elsewhere = world.owner().get("other").redirectUri();
        assertFailed(alice().complete(trip.at(elsewhere)), ConnectError.SESSION_EXPIRED, "other_path");
    }

    @Test
    void codeOfOneServiceCanNotBeRedeemedAtAnother() {
        // an evil service sends the browser on to the honest one, with the evil flow's state: the honest code arrives
        // at the honest path
        Trip evil = world.trip("alice", "other", "anna");
        Trip honest = world.trip("alice", "notes", "anna");
        URI honestPath = world.owner().get("notes").redirectUri();
        Trip swapped = new Trip(
                evil.step(),
                URI.create(honestPath + "?code=" + honest.parameter("code") + "&state=" + evil.parameter("state")));
        assertFailed(alice().complete(swapped.request()), ConnectError.SESSION_EXPIRED, "other_path");
    }

    @Test
    void pathOfAnotherTenantIsLikeAnUnknownOne() {
        URI foreign = world.bulla
                .tenant("umbrella")
                .connections()
                .create("notes", "demo")
                .redirectUri();
        Trip trip = world.trip("alice", "notes", "anna");
        Landing landing = alice().complete(trip.at(foreign));
        assertFailed(landing, ConnectError.SESSION_EXPIRED, "other_path");

        Trip unknown = new Trip(trip.step(), URI.create(foreign + "?code=x&state=" + "A".repeat(43)));
        URI nowhere = URI.create("https://app.example.com/bulla/callback/" + "x".repeat(22));
        Landing atForeign = alice().complete(unknown.request());
        Landing atUnknown = alice().complete(unknown.at(nowhere));
        assertFailed(atForeign, ConnectError.USERAGENT_NOT_FOUND, "connection_gone");
        assertThat(atForeign.location()).isEqualTo(atUnknown.location());
        assertThat(atForeign.location().toString()).doesNotContain("notes");
    }

    @Test
    void stateOfAnotherTenantIsUnknown() {
        world.bulla.tenant("umbrella").connections().create("notes", "demo");
        world.bulla
                .tenant("umbrella")
                .connections()
                .save("notes", Settings.clientId("client-notes").clientSecret("secret-of-notes"));
        URI redirect = world.bulla.tenant("umbrella").connections().get("notes").redirectUri();
        world.server.registerClient("client-notes", "secret-of-notes", redirect.toString());
        Trip trip = world.trip(world.bulla.tenant("umbrella").member("alice"), "notes", "anna");
        assertFailed(alice().complete(trip.request()), ConnectError.USERAGENT_NOT_FOUND, "connection_gone");
        assertConnectedLater(trip);
    }

    private void assertConnectedLater(Trip trip) {
        assertConnected(world.bulla.tenant("umbrella").member("alice").complete(trip.request()));
        world.server.journal().clear();
    }
}
