package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.providers.mcp.McpServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was given by one server, or by its authorization server, goes to no other. */
class McpMoveTest {
    private final McpWorld world = new McpWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void ownerTypesTheAddress() {
        assertThat(world.owner().create(McpWorld.NAME, McpServer.ANYWHERE).missing())
                .containsExactly("server");
        assertThat(world.owner()
                        .save(McpWorld.NAME, Settings.none().with("server", McpSite.SERVER))
                        .connection())
                .returns(List.of(), connection -> connection.missing())
                .returns(McpSite.ISSUER, connection -> connection.fields().get("issuer"));
        world.connect();
        assertThat(world.ask("read_note")).contains("for anna");
        assertThat(world.owner()
                        .save(
                                McpWorld.NAME,
                                Settings.none()
                                        .with("issuer", "https://evil.example")
                                        .with("tokenEndpoint", "x"))
                        .ignored())
                .containsExactly("issuer", "tokenEndpoint");
        assertThat(world.ask("read_note")).contains("for anna");
    }

    @Test
    void anotherAddressStopsEverything() {
        world.owner().create(McpWorld.NAME, McpServer.ANYWHERE);
        world.owner().save(McpWorld.NAME, Settings.none().with("server", McpSite.SERVER));
        world.connect();
        String other = "https://mcp.example.com/other/mcp";
        world.site.on(
                "https://mcp.example.com/.well-known/oauth-protected-resource/other/mcp",
                call -> McpSite.json(200, Map.of("resource", other, "authorization_servers", List.of(McpSite.ISSUER))));
        world.owner().save(McpWorld.NAME, Settings.none().with("server", other));
        reconnectRequired();
        assertThat(world.site.calls)
                .noneMatch(call ->
                        call.uri().toString().equals(other) && call.headers().containsKey("Authorization"));
    }

    private void reconnectRequired() {
        assertThatThrownBy(() -> world.ask("read_note"))
                .isInstanceOfSatisfying(
                        CredentialUnavailable.class,
                        e -> assertThat(e)
                                .returns(ErrorCode.RECONNECT_REQUIRED, BullaException::code)
                                .returns(Reason.ENDPOINT_CHANGED.code(), CredentialUnavailable::reason));
    }

    @Test
    void otherAuthorizationServerStopsWhatWasGivenByTheFormerAndRegistersAnew() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        world.moveIssuer();
        ConnectStep.Redirect step = world.begin(world.bulla);
        assertThat(Trip.parameters(step.location())).containsEntry("client_id", "registered-2");
        reconnectRequired();
        assertThat(world.back(world.bulla, step, world.site.consent(step.location(), world.bulla))
                        .outcome())
                .isInstanceOf(Landing.Connected.class);
        assertThat(world.ask("read_note")).contains("for anna");
    }

    @Test
    void flowThatBeganBeforeTheMoveEnds() {
        world.owner().create(McpWorld.NAME, "team");
        ConnectStep.Redirect first = world.begin(world.bulla);
        URI callback = world.site.consent(first.location(), world.bulla);
        world.moveIssuer();
        world.begin(world.bulla);
        assertThat(world.back(world.bulla, first, callback).outcome())
                .isInstanceOfSatisfying(
                        Landing.Failed.class,
                        failed -> assertThat(failed.detail()).isEqualTo("endpoint_changed"));
        assertThat(world.tokenRequests()).isEmpty();
    }

    @Test
    void otherIssuerInTheResponseIsRefused() {
        world.owner().create(McpWorld.NAME, "team");
        ConnectStep.Redirect step = world.begin(world.bulla);
        String query = world.site.consent(step.location(), world.bulla).toString();
        URI mixed = URI.create(query.replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example"));
        assertThat(world.back(world.bulla, step, mixed).outcome()).isInstanceOf(Landing.Failed.class);
        ConnectStep.Redirect again = world.begin(world.bulla);
        URI silent = URI.create(
                world.site.consent(again.location(), world.bulla).toString().replaceAll("&?iss=[^&]*", ""));
        assertThat(world.back(world.bulla, again, silent).outcome()).isInstanceOf(Landing.Failed.class);
        assertThat(world.tokenRequests()).isEmpty();
    }

    @Test
    void serviceThatIsAwayIsKnownFromBefore() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        world.site.on(
                call -> call.uri().getPath().contains("well-known"), call -> McpSite.answer(503, "text/plain", ""));
        assertThat(world.begin(world.bulla).location().toString()).startsWith(McpSite.LOGIN);
    }

    @Test
    void tokenGoesToTheServersAddressAlone() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        try (Session session = world.alice().session()) {
            for (String target : List.of(
                    "/",
                    "/other",
                    "https://mcp.example.com/other/mcp",
                    "https://mcp.example.com/team/mcp/",
                    "https://mcp.example.com/team/mcp?x=y",
                    "https://auth.example.com/token")) {
                assertThatThrownBy(() -> session.call(McpWorld.NAME, ApiRequest.get(target)))
                        .as(target)
                        .isInstanceOf(BullaException.class);
            }
        }
        assertThat(world.site.calls)
                .filteredOn(call ->
                        String.valueOf(call.headers().get("Authorization")).startsWith("Bearer"))
                .isEmpty();
    }
}
