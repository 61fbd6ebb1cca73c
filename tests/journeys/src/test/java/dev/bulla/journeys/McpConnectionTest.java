package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Bulla;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.provider.HttpCall;
import dev.bulla.testkit.service.Journal.TokenRequest;
import dev.bulla.web.BullaHandlers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An MCP server is a connection like any other: no more than its address is known before. */
class McpConnectionTest {
    private final McpWorld world = new McpWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void registersItselfAsksForTheResourceAndCalls() {
        assertThat(world.owner().create(McpWorld.NAME, "team").missing()).isEmpty();
        assertThat(world.connect())
                .returns(List.of("notes.read"), ConnectedAccount::scopes)
                .returns(true, ConnectedAccount::ready)
                .returns(java.util.Optional.empty(), ConnectedAccount::displayName);
        assertThat(world.ask("read_note")).contains("read_note of t for anna");
        assertThat(world.owner().get(McpWorld.NAME))
                .returns("registered-1", connection -> connection.clientId().orElseThrow())
                .returns(McpSite.ISSUER, connection -> connection.fields().get("issuer"));
        world.time.advance(Duration.ofHours(2));
        assertThat(world.ask("read_note")).contains("for anna");
        world.time.advance(Duration.ofHours(2));
        assertThat(world.ask("read_note")).contains("for anna");
        assertThat(world.tokenRequests())
                .extracting(TokenRequest::grantType)
                .containsExactly("authorization_code", "refresh_token", "refresh_token");
        assertThat(world.tokenRequests())
                .allSatisfy(request -> assertThat(request)
                        .returns("basic", TokenRequest::authentication)
                        .returns(McpSite.SERVER, one -> one.parameters().get("resource")));
        assertThat(world.alice().disconnect(McpWorld.NAME).revocation()).isEqualTo(Revocation.REVOKED);
    }

    @Test
    void registrationSaysWhoComesBackWhereAndIsNeverMadeAgain() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        world.connect();
        try (Bulla next = world.node(McpWorld.BASE, McpWorld.provider())) {
            world.connect(next);
        }
        assertThat(world.site.registrations).hasValue(1);
        Map<String, Object> asked = McpSite.read(world.site.calls.stream()
                .filter(call -> call.uri().getPath().equals("/register"))
                .findFirst()
                .map(HttpCall::body)
                .orElseThrow());
        assertThat(asked)
                .containsEntry("client_name", "Example assistant")
                .containsEntry("application_type", "web")
                .containsEntry(
                        "redirect_uris",
                        List.of(world.owner().get(McpWorld.NAME).redirectUri().toString()))
                .containsEntry("grant_types", List.of("authorization_code", "refresh_token"))
                .doesNotContainKey("resource");
    }

    @Test
    void documentOfTheHostIsTheClient() {
        world.site.documents = true;
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        assertThat(world.site.registrations).hasValue(0);
        String id = world.owner().get(McpWorld.NAME).id();
        assertThat(world.tokenRequests())
                .allSatisfy(request -> assertThat(request)
                        .returns(McpWorld.BASE + "/client/" + id, TokenRequest::clientId)
                        .returns("none", TokenRequest::authentication));
        world.time.advance(Duration.ofHours(2));
        assertThat(world.ask("read_note")).contains("for anna");
    }

    @Test
    void documentIsPublicCacheableAndMadeOfItsAddress() {
        BullaHandlers handlers = BullaHandlers.of(world.bulla, new NobodyHost());
        String id = world.owner().create(McpWorld.NAME, "team").id();
        String path = "/bulla/client/" + id;
        assertThat(handlers.handle(NobodyHost.get(path)))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(200))
                .satisfies(answer ->
                        assertThat(answer.headers().get("Cache-Control")).containsExactly("public, max-age=3600"))
                .satisfies(answer -> assertThat(
                                McpSite.read(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .containsEntry("client_id", "https://app.example.com" + path)
                        .containsEntry("client_name", "Example assistant")
                        .containsEntry("redirect_uris", List.of(McpWorld.BASE + "/callback/" + id))
                        .containsEntry("token_endpoint_auth_method", "none"));
        String unknown = "A".repeat(22);
        assertThat(handlers.handle(NobodyHost.get("/bulla/client/" + unknown)).status())
                .isEqualTo(200);
        for (String odd : List.of("", "x", id + "/", "../" + id, id + "%2e", id + "\"")) {
            assertThat(handlers.handle(NobodyHost.get("/bulla/client/" + odd)).status())
                    .as(odd)
                    .isEqualTo(404);
        }
    }

    @Test
    void hostWithoutHttpsHasNoDocumentAndRegistersAsNative() {
        world.site.documents = true;
        world.owner().create(McpWorld.NAME, "team");
        try (Bulla local = world.node("http://127.0.0.1:8080/bulla", McpWorld.provider())) {
            world.connect(local);
            assertThat(local.clientDocument("A".repeat(22))).isEmpty();
        }
        assertThat(world.site.registrations).hasValue(1);
        assertThat(world.site.calls)
                .filteredOn(call -> call.uri().getPath().equals("/register"))
                .extracting(call -> McpSite.read(call.body()).get("application_type"))
                .containsExactly("native");
    }

    @Test
    void appOfTheOwnerComesFirst() {
        world.site.documents = true;
        world.owner().create(McpWorld.NAME, "team");
        world.owner().save(McpWorld.NAME, Settings.clientId("own").clientSecret("own-secret"));
        world.site.service.client(
                "own",
                "Own",
                "own-secret",
                List.of(world.owner().get(McpWorld.NAME).redirectUri().toString()));
        world.connect();
        assertThat(world.site.registrations).hasValue(0);
        assertThat(world.tokenRequests())
                .allSatisfy(request -> assertThat(request)
                        .returns("own", TokenRequest::clientId)
                        .returns("basic", TokenRequest::authentication));
    }

    @Test
    void ownersPublicAppNeedsNoSecret() {
        world.owner().create(McpWorld.NAME, "team");
        world.owner().save(McpWorld.NAME, Settings.clientId("own"));
        world.site.service.client(
                "own",
                "Own",
                null,
                List.of(world.owner().get(McpWorld.NAME).redirectUri().toString()));
        world.connect();
        assertThat(world.tokenRequests())
                .allSatisfy(request -> assertThat(request)
                        .returns("own", TokenRequest::clientId)
                        .returns("none", TokenRequest::authentication));
    }

    @Test
    void appOfTheOwnerIsNotSentToAnotherIssuer() {
        world.owner().create(McpWorld.NAME, "team");
        world.owner().save(McpWorld.NAME, Settings.clientId("own").clientSecret("own-secret"));
        world.moveIssuer();
        assertThatThrownBy(() -> world.begin(world.bulla))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED));
        assertThat(world.site.registrations).hasValue(0);
        assertThat(world.tokenRequests()).isEmpty();
    }

    @Test
    void serviceThatRegistersNobodyWantsAnAppOfTheOwner() {
        world.site.registers = false;
        world.owner().create(McpWorld.NAME, "team");
        assertThatThrownBy(() -> world.begin(world.bulla))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED));
    }

    @Test
    void refusedRegistrationIsToldToTheOwner() {
        world.site.on(
                McpSite.LOGIN + "/register",
                call -> McpSite.json(400, Map.of("error", "invalid_redirect_uri", "error_description", "<script>")));
        world.owner().create(McpWorld.NAME, "team");
        assertThatThrownBy(() -> world.begin(world.bulla))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED))
                .hasMessageContaining("invalid_redirect_uri")
                .hasMessageNotContaining("script");
    }

    @Test
    void ofTwoNodesThatRegisterAtOnceOneWins() throws Exception {
        world.owner().create(McpWorld.NAME, "team");
        CyclicBarrier both = new CyclicBarrier(2);
        world.site.registration = fields -> {
            try {
                both.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return fields;
        };
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (Bulla other = world.node(McpWorld.BASE, McpWorld.provider())) {
            Future<ConnectStep.Redirect> here = two.submit(() -> world.begin(world.bulla));
            Future<ConnectStep.Redirect> there = two.submit(() -> world.begin(other));
            assertThat(world.site.registrations).hasValueLessThanOrEqualTo(2);
            String client = Trip.parameters(here.get().location()).get("client_id");
            assertThat(Trip.parameters(there.get().location())).containsEntry("client_id", client);
            assertThat(world.site.registrations).hasValue(2);
            assertThat(world.owner().get(McpWorld.NAME).clientId()).contains(client);
            ConnectStep.Redirect step = there.get();
            assertThat(world.back(world.bulla, step, world.site.consent(step.location(), world.bulla))
                            .outcome())
                    .isInstanceOf(Landing.Connected.class);
        } finally {
            two.shutdown();
        }
    }

    @Test
    void clientThatIsUnknownIsRegisteredAnew() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        ConnectStep.Redirect step = world.begin(world.bulla);
        URI callback = world.site.consent(step.location(), world.bulla);
        world.site.on(McpSite.LOGIN + "/token", call -> McpSite.json(401, Map.of("error", "invalid_client")));
        assertThat(world.back(world.bulla, step, callback).outcome()).isInstanceOf(Landing.Failed.class);
        world.site.forget();
        world.connect();
        assertThat(world.owner().get(McpWorld.NAME).clientId()).contains("registered-2");
        world.connect();
        assertThat(world.site.registrations).hasValue(2);
        assertThat(world.ask("read_note")).contains("for anna");
    }

    @Test
    void clientThatIsUnknownAtARefreshIsRegisteredAnewAtTheNextConsent() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        world.time.advance(Duration.ofHours(2));
        world.site.on(McpSite.LOGIN + "/token", call -> McpSite.json(401, Map.of("error", "invalid_client")));
        assertThatThrownBy(() -> world.ask("read_note"))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.APP_REFUSED));
        assertThat(world.alice().account(McpWorld.NAME).reason()).contains(Reason.APP_REFUSED);
        world.site.forget();
        world.connect();
        assertThat(world.site.registrations).hasValue(2);
        assertThat(world.ask("read_note")).contains("for anna");
    }

    @Test
    void ownerRenewsAClientThatTheServiceLostInTheBrowser() {
        world.owner().create(McpWorld.NAME, "team");
        assertThat(world.owner().renewClient(McpWorld.NAME)).isFalse();
        world.connect();
        assertThat(world.owner().renewClient(McpWorld.NAME)).isTrue();
        world.time.advance(Duration.ofHours(2));
        assertThat(world.ask("read_note")).contains("for anna");
        world.connect();
        assertThat(world.owner().get(McpWorld.NAME).clientId()).contains("registered-2");
        world.owner().save(McpWorld.NAME, Settings.clientId("own"));
        assertThat(world.owner().renewClient(McpWorld.NAME)).isFalse();
    }

    @Test
    void secretThatEndsIsRegisteredAnew() {
        long end = world.time.instant().plus(Duration.ofDays(30)).getEpochSecond();
        world.site.registration = fields -> {
            fields.put("client_secret_expires_at", end);
            return fields;
        };
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        world.time.advance(Duration.ofDays(29));
        world.connect();
        assertThat(world.site.registrations).hasValue(1);
        world.time.advance(Duration.ofDays(1));
        world.connect();
        assertThat(world.site.registrations).hasValue(2);
    }

    @Test
    void answerIsToldWhereItsNoteCanNotBeWritten() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        world.site.needs.put("write_note", "notes.write");
        world.faults.before("accounts.note", 1);
        String answer = world.ask("write_note");
        assertThat(world.alice().account(McpWorld.NAME).missingScopes()).isEmpty();
        assertThat(world.ask("write_note")).isEqualTo(answer);
        assertThat(world.alice().account(McpWorld.NAME).missingScopes()).containsExactly("notes.write");
    }

    @Test
    void missingScopesAreNamedAndAskedForNextTime() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        world.site.needs.put("write_note", "notes.write notes.audit");
        world.ask("write_note");
        world.ask("write_note");
        ConnectedAccount account = world.alice().account(McpWorld.NAME);
        assertThat(account)
                .returns(List.of("notes.write", "notes.audit"), ConnectedAccount::missingScopes)
                .returns(true, ConnectedAccount::ready);
        assertThat(world.alice().explain(McpWorld.NAME).obstacles())
                .filteredOn(obstacle -> obstacle.code().equals(Reason.SCOPES_MISSING.code()))
                .extracting(Obstacle::about)
                .containsExactly(List.of("notes.write", "notes.audit"));
        assertThat(world.ask("read_note")).contains("for anna");
        ConnectStep.Redirect step = world.begin(world.bulla);
        assertThat(Trip.parameters(step.location())).containsEntry("scope", "notes.read notes.write notes.audit");
        world.back(world.bulla, step, world.site.consent(step.location(), world.bulla));
        assertThat(world.alice().account(McpWorld.NAME).missingScopes()).isEmpty();
        assertThat(world.ask("write_note")).contains("write_note of t");
    }

    @Test
    void scopesOfTheChallengeComeBeforeThoseThatThereAre() {
        world.site.challenge += ", scope=\"notes.write\"";
        world.owner().create(McpWorld.NAME, "team");
        assertThat(Trip.parameters(world.begin(world.bulla).location())).containsEntry("scope", "notes.write");
        world.owner().save(McpWorld.NAME, Settings.none().scopes("mine"));
        assertThat(Trip.parameters(world.begin(world.bulla).location())).containsEntry("scope", "mine");
    }
}
