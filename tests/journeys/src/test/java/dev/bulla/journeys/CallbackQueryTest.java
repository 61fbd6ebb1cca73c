package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static dev.bulla.journeys.Trip.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.testkit.server.Browser;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a callback says is read strictly: one code, one state, the right issuer, and nothing free of the other side is passed on. */
class CallbackQueryTest {
    private final World world = new World();

    @BeforeEach
    void connection() {
        world.restart(setup -> setup.providers(world.provider(
                        "named",
                        world.spec()
                                .issuerInResponse(world.server.issuer().toString())
                                .build())
                .build()));
        world.connection("notes");
        world.connection("issued", "named");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Member alice() {
        return world.member("alice");
    }

    @Test
    void expectedIssuerIsAccepted() {
        assertConnected(alice().complete(world.trip("alice", "issued", "anna").request()));
    }

    @Test
    void wrongIssuerIsRefused() {
        for (String issuer : new String[] {"https%3A%2F%2Fevil.example", world.server.issuer() + "/", ""}) {
            Trip trip = world.trip("alice", "issued", "anna");
            assertFailed(
                    alice().complete(trip.with("iss", issuer)), ConnectError.TOKEN_EXCHANGE_FAILED, "issuer_differs");
        }
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void missingIssuerIsRefusedWhereTheServiceAlwaysNamesItself() {
        Trip trip = world.trip("alice", "issued", "anna");
        assertFailed(alice().complete(trip.without("iss")), ConnectError.TOKEN_EXCHANGE_FAILED, "issuer_missing");
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void wrongIssuerOfAnErrorIsRefusedToo() {
        Trip trip = world.trip("alice", "issued", "anna");
        Landing landing = alice().complete(trip.query(
                "error=access_denied&iss=https%3A%2F%2Fevil.example&state=" + trip.parameter("state")));
        assertFailed(landing, ConnectError.TOKEN_EXCHANGE_FAILED, "issuer_differs");
    }

    @Test
    void injectedCodeFailsForLackOfItsVerifier() {
        String stolen = world.trip("alice", "notes", "anna").parameter("code");
        Trip attackers = world.trip("mallory", "notes", "ben");
        assertFailed(
                world.member("mallory").complete(attackers.with("code", stolen)),
                ConnectError.TOKEN_EXCHANGE_FAILED,
                "invalid_grant");
        assertThat(world.member("mallory").accounts()).isEmpty();
    }

    @Test
    void repeatedParametersAreRefused() {
        Trip trip = world.trip("alice", "notes", "anna");
        assertFailed(
                alice().complete(trip.adding("state=" + trip.parameter("state"))),
                ConnectError.MISSING_PARAMS,
                "no state, or not one that was made here");
        for (String repeated : new String[] {"code=evil", "code=" + trip.parameter("code"), "iss=x", "%63ode=evil"}) {
            Trip next = world.trip("alice", "notes", "anna");
            assertFailed(
                    alice().complete(next.adding(repeated)),
                    ConnectError.MISSING_PARAMS,
                    "a parameter twice, or unreadable");
        }
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void oddCodesAreRefused() {
        for (String odd : new String[] {"", "a%0Ab", "%C3%A9", "a".repeat(4097)}) {
            Trip trip = world.trip("alice", "notes", "anna");
            assertFailed(
                    alice().complete(trip.with("code", odd)), ConnectError.MISSING_PARAMS, "no code, or not a code");
        }
        Trip trip = world.trip("alice", "notes", "anna");
        assertFailed(
                alice().complete(trip.adding("x=" + "y".repeat(8192))),
                ConnectError.MISSING_PARAMS,
                "no state, or not one that was made here");
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void tokensInTheQueryAreNotTaken() {
        Trip trip = world.trip("alice", "notes", "anna");
        assertFailed(
                alice().complete(trip.query("access_token=planted&state=" + trip.parameter("state"))),
                ConnectError.MISSING_PARAMS,
                "no code, or not a code");
        Trip both = world.trip("alice", "notes", "anna");
        assertConnected(alice().complete(both.adding("access_token=planted&id_token=planted")));
        try (var session = alice().session()) {
            assertThat(session.tokenForSdk("notes").reveal()).isNotEqualTo("planted");
        }
    }

    @Test
    void refusalOfTheMemberIsToldAndEndsTheFlow() {
        ConnectStep.Redirect step = (ConnectStep.Redirect) alice().connect("notes", World.RETURN);
        URI denied = new Browser().deny(step.location(), "anna", "anna-password");
        Landing landing = alice().complete(World.callback(denied, step));
        assertFailed(landing, ConnectError.AUTHORIZATION_DENIED, "access_denied");
        assertThat(landing.location()).hasToString(World.RETURN + "?demo_error=authorization_denied&connection=notes");
        assertFailed(alice().complete(World.callback(denied, step)), ConnectError.SESSION_EXPIRED, "state_used");
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void textOfTheServiceIsNeverPassedOn() {
        String script = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        Trip trip = world.trip("alice", "notes", "anna");
        Landing landing = alice().complete(trip.query("error=" + script + "&error_description=" + script
                + "%&error_uri=" + script + "&state=" + trip.parameter("state")));
        assertFailed(landing, ConnectError.AUTHORIZATION_DENIED, "unrecognised_error");
        assertThat(landing.location() + landing.toString() + landing.outcome()).doesNotContain("script");
        assertFailed(alice().complete(trip.request()), ConnectError.SESSION_EXPIRED, "state_used");
    }

    @Test
    void everyAuthorizationUrlCarriesItsOwnChallengeStateAndNothingSecret() {
        ConnectStep.Redirect one = (ConnectStep.Redirect) alice().connect("notes", World.RETURN);
        ConnectStep.Redirect two = (ConnectStep.Redirect) alice().connect("notes", World.RETURN);
        assertThat(Trip.parameters(one.location()))
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("response_type", "code")
                .containsEntry(
                        "redirect_uri", world.owner().get("notes").redirectUri().toString())
                .doesNotContainKey("code_verifier");
        for (String fresh : new String[] {"state", "code_challenge"}) {
            assertThat(Trip.parameters(one.location()).get(fresh))
                    .matches("[A-Za-z0-9_-]{43}")
                    .isNotEqualTo(Trip.parameters(two.location()).get(fresh));
        }
        assertThat(one.location().toString()).doesNotContain(one.cookie().value());
    }
}
