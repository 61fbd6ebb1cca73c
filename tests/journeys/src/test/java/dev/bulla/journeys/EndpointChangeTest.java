package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static dev.bulla.journeys.Trip.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.service.Misfortune;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and codes go where the member's consent meant them to go, whatever is configured afterwards. */
class EndpointChangeTest {
    private final World world = new World();
    private final AuthorizationServer evil = AuthorizationServer.builder().start();

    @AfterEach
    void close() {
        assertThat(evil.journal().tokenRequests()).isEmpty();
        assertThat(evil.journal().apiCalls()).isEmpty();
        assertThat(evil.journal().revocations()).isEmpty();
        world.close();
        evil.close();
    }

    /** The demo provider, led astray. */
    private Provider astray() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        world.server.at("/authorize").toString(),
                        evil.at("/token").toString())
                .identity(evil.at("/api/me").toString(), "id", "name")
                .build();
        return Provider.builder("demo", "Demo")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer(evil.issuer().toString()))
                .custom()
                .build();
    }

    @Test
    void endpointEditedBeforeTheCallbackEndsTheFlow() {
        world.connection("notes");
        Trip trip = world.trip("alice", "notes", "anna");
        world.restartKnowing(astray());
        assertFailed(world.member("alice").complete(trip.request()), ConnectError.INVALID_CONFIG, "endpoint_changed");
        assertThat(world.tokenRequests()).isZero();
    }

    @Test
    void endpointEditedAfterConsentGetsNothing() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        world.connect("bob", "notes", "ben");
        world.restartKnowing(astray());
        world.time.advance(Duration.ofMinutes(61));
        endsForGood("alice");
        world.bulla.maintenance().refreshDue(10);
        endsForGood("bob");
        assertThat(world.owner().accounts("notes").needingConsent()).hasSize(2);
        assertThat(world.member("alice").disconnect("notes").revocation())
                .isIn(Revocation.NOT_OFFERED, Revocation.FAILED);
        assertThat(world.tokenRequests()).isEqualTo(2);
    }

    private void endsForGood(String member) {
        try (Session session = world.member(member).session()) {
            assertThatThrownBy(() -> session.call("notes", ApiRequest.get("/api/me")))
                    .isInstanceOfSatisfying(
                            CredentialUnavailable.class,
                            e -> assertThat(e)
                                    .returns(ErrorCode.RECONNECT_REQUIRED, BullaException::code)
                                    .returns(Reason.ENDPOINT_CHANGED.code(), CredentialUnavailable::reason));
        }
        assertThat(world.member(member).account("notes").reason()).contains(Reason.ENDPOINT_CHANGED);
    }

    private Provider shops(String tokenUrl) {
        OAuth2Spec spec = OAuth2Spec.builder("https://{shop}.shops.example/authorize", tokenUrl)
                .build();
        return Provider.builder("shops", "Shops")
                .oauth2(
                        spec,
                        AuthorizationCodeFlow.of(spec, (tokens, call) -> Identity.of("1", "One")),
                        RefreshTokenGrant.of(spec),
                        null)
                .api(ApiAccess.bearer("https://{shop}.shops.example"))
                .build();
    }

    private ConnectStep.Redirect begin(String tokenUrl) {
        world.restart(setup -> setup.providers(shops(tokenUrl)));
        URI redirect = world.owner().create("shop", "shops").redirectUri();
        world.server.registerClient("client", "secret", redirect.toString());
        assertThat(world.owner()
                        .save("shop", Settings.clientId("client").clientSecret("secret"))
                        .missing())
                .contains("shop");
        world.owner().save("shop", Settings.none().with("shop", "first").clientSecret("secret"));
        return (ConnectStep.Redirect) world.member("alice").connect("shop", World.RETURN);
    }

    private Trip back(ConnectStep.Redirect step) {
        assertThat(step.location().getHost()).isEqualTo("first.shops.example");
        URI here =
                URI.create(world.server.at("/authorize") + "?" + step.location().getRawQuery());
        return new Trip(
                step,
                Trip.agreed(world.server, new ConnectStep.Redirect(here, step.cookie()), "anna")
                        .callback());
    }

    @Test
    void instanceEditedBeforeTheCallbackEndsTheFlow() {
        Trip trip = back(begin("https://{shop}.shops.example/token"));
        world.owner().save("shop", Settings.none().with("shop", "second").clientSecret("secret"));
        assertFailed(world.member("alice").complete(trip.request()), ConnectError.INVALID_CONFIG, "endpoint_changed");
    }

    @Test
    void instanceEditedAfterConsentGetsNothing() {
        Trip trip = back(begin(world.server.at("/token").toString()));
        assertConnected(world.member("alice").complete(trip.request()));
        world.owner().save("shop", Settings.none().with("shop", "second").clientSecret("secret"));
        try (Session session = world.member("alice").session()) {
            assertThatThrownBy(() -> session.call("shop", ApiRequest.get("/orders")))
                    .isInstanceOfSatisfying(
                            CredentialUnavailable.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.ENDPOINT_CHANGED.code()));
        }
    }

    @Test
    void clearedInstanceStopsUseAndLeavesTheAccount() {
        Trip trip = back(begin(world.server.at("/token").toString()));
        assertConnected(world.member("alice").complete(trip.request()));
        world.owner().save("shop", Settings.none().with("shop", ""));
        world.time.advance(Duration.ofMinutes(61));
        world.bulla.maintenance().refreshDue(10);
        try (Session session = world.member("alice").session()) {
            assertThatThrownBy(() -> session.call("shop", ApiRequest.get("/orders")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ENABLED));
        }
        assertThat(world.member("alice").account("shop").ready()).isTrue();
        world.member("alice").disconnect("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.com#",
                "a.b",
                "x@y",
                "%2e",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "a/b",
                "a:1",
                "-a",
                "a-",
                "A",
                "ä",
                "a\u0000",
                "a?b",
                "a\\b",
                "https://first"
            })
    void instanceIsOneDnsLabel(String value) {
        begin("https://{shop}.shops.example/token");
        assertThatThrownBy(() -> world.owner().save("shop", Settings.none().with("shop", value)))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SETTING));
        assertThat(world.owner().get("shop").fields()).isEqualTo(Map.of("shop", "first"));
    }

    @Test
    void hostInATokenAnswerIsNeverCalled() {
        OAuth2Spec spec = world.spec().keep("instance_url", "api_domain").build();
        world.restart(setup -> setup.providers(world.provider(
                        "roaming", spec, AuthorizationCodeFlow.of(spec, (tokens, call) -> Identity.of("1", "One")))
                .build()));
        world.connection("notes", "roaming");
        world.server
                .misfortunes()
                .next(Misfortune.answers("{\"access_token\":\"token\",\"token_type\":\"Bearer\",\"instance_url\":\""
                        + evil.issuer() + "\",\"api_domain\":\"" + evil.issuer() + "\"}"));
        assertConnected(world.connect("alice", "notes", "anna"));
        try (Session session = world.member("alice").session()) {
            assertThatThrownBy(() -> session.call(
                            "notes", ApiRequest.get(evil.at("/api/me").toString())))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HOST_NOT_ALLOWED));
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(401);
        }
        assertThat(world.server.journal().apiCalls()).hasSize(1);
    }
}
