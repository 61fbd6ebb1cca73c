package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.model.Settings;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.providers.mcp.McpServer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of itself is read with suspicion: nothing that it says leads a token, a code or a client secret astray. */
class McpMetadataTest {
    private static final String HOSTS = "https://mcp.example.com/.well-known/oauth-protected-resource";
    private final McpWorld world = new McpWorld();

    @BeforeEach
    void connection() {
        world.owner().create(McpWorld.NAME, "team");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void refused() {
        assertThatThrownBy(() -> world.begin(world.bulla))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
        assertThat(world.owner().get(McpWorld.NAME).fields()).isEmpty();
        assertThat(world.site.registrations).hasValue(0);
        assertThat(world.site.count("evil")).isZero();
    }

    private static UnaryOperator<Map<String, Object>> with(String name, Object value) {
        return fields -> {
            fields.put(name, value);
            return fields;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://auth.example.com/authorize",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://user@auth.example.com/authorize",
                "https://auth.example.com/authorize#x",
                "https://auth.example.com/a/../authorize",
                "https://auth.example.com/a/%2e%2E/authorize",
                "https://auth.example.com\\\\@evil.example/authorize",
                "https://auth.example.com/{evil}",
                "https://auth.example.com/a b",
                "https:///authorize",
                "//evil.example/authorize",
                "/authorize",
                "https://auth.example.com:99999/authorize",
                ""
            })
    void endpointsArePlainHttps(String address) {
        for (String endpoint :
                List.of("authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint")) {
            world.site.metadata = with(endpoint, address);
            refused();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://auth.example.com/tenant/",
                "https://AUTH.example.com/tenant",
                "https://auth.example.com"
            })
    void issuerIsExactlyTheOneThatWasAsked(String issuer) {
        world.site.metadata = with("issuer", issuer);
        refused();
    }

    @Test
    void serverWithoutS256IsRefused() {
        world.site.metadata = with("code_challenge_methods_supported", List.of("plain"));
        refused();
        world.site.metadata = fields -> {
            fields.remove("code_challenge_methods_supported");
            return fields;
        };
        refused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/mcp",
                "https://mcp.example.com/team/mcp/deeper",
                "https://mcp.example.com/te",
                "https://mcp.example.com.evil.example/team/mcp",
                "http://mcp.example.com/team/mcp",
                "https://mcp.example.com:444/team/mcp",
                "https://mcp.example.com/team/mcp?other",
                ""
            })
    void resourceIsTheServer(String resource) {
        world.site.resource = with("resource", resource);
        refused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://mcp.example.com", "https://mcp.example.com/", "https://mcp.example.com/team"})
    void resourceAboveTheServerIsWhatTokensAreFor(String resource) {
        world.site.resource = with("resource", resource);
        assertThat(Trip.parameters(world.begin(world.bulla).location())).containsEntry("resource", resource);
    }

    @ParameterizedTest
    @CsvSource({
        "http://auth.example.com/tenant",
        "javascript:alert(1)",
        "https://auth.example.com/tenant?x=y",
        "https://auth.example.com/../tenant",
        "auth.example.com"
    })
    void issuersArePlainHttps(String issuer) {
        world.site.resource = with("authorization_servers", List.of(issuer));
        refused();
    }

    @Test
    void resourceWithoutAuthorizationServerIsRefused() {
        world.site.resource = with("authorization_servers", List.of());
        refused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource_metadata=\"http://mcp.example.com/m\"",
                "resource_metadata=\"javascript:alert(1)\"",
                "resource_metadata=\"file:///etc/passwd\"",
                "resource_metadata=\"https://mcp.example.com/a/../m\""
            })
    void addressInTheChallengeIsPlainHttps(String challenge) {
        world.site.challenge = challenge;
        refused();
    }

    @Test
    void redirectsAreNotFollowed() {
        world.site.on(
                call -> call.uri().getPath().contains("well-known"),
                call -> McpSite.with(
                        McpSite.answer(302, "text/plain", ""), "location", "https://evil.example/metadata"));
        refused();
        world.site.forget();
        world.site.on(
                McpSite.SERVER,
                call -> McpSite.with(McpSite.answer(307, "text/plain", ""), "location", "https://evil.example/mcp"));
        refused();
    }

    @Test
    void nonsenseIsRefused() {
        for (HttpAnswer odd : List.of(
                McpSite.answer(200, "text/html", "<!doctype html><title>Welcome</title>"),
                McpSite.answer(200, "application/json", "[]"),
                McpSite.answer(200, "application/json", "{\"issuer\":\"" + McpSite.ISSUER + "\"}"),
                McpSite.answer(200, "application/json", "{\"resource\":\"a\",\"resource\":\"" + McpSite.SERVER + "\"}"),
                McpSite.answer(200, "application/json", "{".repeat(100_000)))) {
            world.site.forget();
            world.site.on(call -> call.uri().getPath().contains("well-known"), call -> odd);
            refused();
        }
    }

    @Test
    void documentsAreLookedForInTheOrderOfTheSpecification() {
        world.site.challenge = "realm=\"x\"";
        world.site.on(
                McpSite.HOST + "/.well-known/oauth-protected-resource/team/mcp",
                call -> McpSite.answer(404, "text/plain", ""));
        world.site.on(
                HOSTS,
                call -> McpSite.json(
                        200, Map.of("resource", McpSite.SERVER, "authorization_servers", List.of(McpSite.ISSUER))));
        world.site.on(
                "https://auth.example.com/.well-known/oauth-authorization-server/tenant",
                call -> McpSite.answer(200, "text/html", "<html>"));
        world.site.on(
                "https://auth.example.com/tenant/.well-known/openid-configuration",
                call -> McpSite.json(200, world.site.metadataFields()));
        world.begin(world.bulla);
        assertThat(world.site.calls)
                .extracting(call -> call.uri().toString())
                .startsWith(
                        McpSite.SERVER,
                        HOSTS + "/team/mcp",
                        HOSTS,
                        "https://auth.example.com/.well-known/oauth-authorization-server/tenant",
                        "https://auth.example.com/.well-known/openid-configuration/tenant",
                        "https://auth.example.com/tenant/.well-known/openid-configuration");
    }

    @Test
    void serverWithoutAuthorizationIsRefused() {
        world.site.on(McpSite.SERVER, call -> McpSite.json(200, Map.of("jsonrpc", "2.0", "id", 1, "result", Map.of())));
        world.site.on(
                call -> call.uri().getPath().contains("protected-resource"),
                call -> McpSite.answer(404, "text/plain", ""));
        refused();
    }

    @Test
    void registrationGoesToTheIssuersEndpointOnlyOnceItIsAccepted() {
        world.site.registration = with("client_id", "with blank");
        assertThatThrownBy(() -> world.begin(world.bulla))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED));
        world.site.registration = with("token_endpoint_auth_method", "tls_client_auth");
        assertThatThrownBy(() -> world.begin(world.bulla))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED));
        assertThat(world.owner().get(McpWorld.NAME).clientId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mcp.example.com/mcp",
                "javascript:alert(1)",
                "https://mcp.example.com/a/../mcp",
                "https://user:pass@mcp.example.com/mcp",
                "https://mcp.example.com/mcp#x",
                "https://127.1/mcp",
                "mcp.example.com"
            })
    void ownersTypePlainHttps(String address) {
        world.owner().create("typed", McpServer.ANYWHERE);
        assertThatThrownBy(() -> world.owner().save("typed", Settings.none().with("server", address)))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SETTING));
        assertThat(world.site.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/mcp",
                "https://169.254.169.254/latest/meta-data",
                "https://10.0.0.1/mcp",
                "https://localhost/mcp",
                "https://2130706433/mcp"
            })
    void innerAddressesAreOutOfReach(String address) {
        try (HardenedHttp http = HardenedHttp.create(HttpSettings.standard())) {
            assertThatThrownBy(
                            () -> McpServer.anywhere().discovery().orElseThrow().find(Map.of("server", address), http))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EGRESS_BLOCKED));
        }
    }
}
