package dev.bulla.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.service.Journal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourcesTest {
    private final AuthorizationServer server = AuthorizationServer.builder()
            .user("alice", "pw", "Alice Example")
            .client(TestApp.ID, TestApp.SECRET, TestApp.REDIRECT)
            .start();
    private final TestApp app = new TestApp(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void revokedRefreshTokenEndsItsFamilyAndShowsOnTheGrantsPage() {
        Map<String, Object> tokens = app.connect("notes.read");
        Browser alice = new Browser();
        alice.authorize(app.url(app.request("notes.read")), "alice", "pw");
        assertThat(alice.get(server.at("/grants")).body()).contains("End access");

        assertThat(app.revoke(String.valueOf(tokens.get("refresh_token"))).statusCode())
                .isEqualTo(200);

        assertThat(app.get("/api/me", tokens.get("access_token")).statusCode()).isEqualTo(401);
        assertThat(server.grants("alice")).isEmpty();
        assertThat(alice.get(server.at("/grants")).body()).doesNotContain("End access");
    }

    @Test
    void revokedAccessTokenLeavesTheFamily() {
        Map<String, Object> tokens = app.connect("notes.read");
        app.revoke(String.valueOf(tokens.get("access_token")));

        assertThat(app.get("/api/me", tokens.get("access_token")).statusCode()).isEqualTo(401);
        assertThat(app.refresh(String.valueOf(tokens.get("refresh_token"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void revocationMayEndTheWholeGrant() {
        server.service().revocationEndsGrant(true);
        Map<String, Object> first = app.connect("notes.read");
        Map<String, Object> second = app.connect("notes.write");
        app.revoke(String.valueOf(first.get("access_token")));

        assertThat(app.get("/api/me", second.get("access_token")).statusCode()).isEqualTo(401);
    }

    @Test
    void revokingOneFamilyLeavesTheOther() {
        Map<String, Object> first = app.connect("notes.read");
        Map<String, Object> second = app.connect("notes.write");
        app.revoke(String.valueOf(first.get("refresh_token")));

        assertThat(app.get("/api/me", second.get("access_token")).statusCode()).isEqualTo(200);
    }

    @Test
    void unknownTokenCountsAsRevoked() {
        assertThat(app.revoke("never-issued").statusCode()).isEqualTo(200);
        assertThat(server.journal().revocations())
                .singleElement()
                .extracting(Journal.Revocation::ended)
                .isEqualTo(false);
    }

    @Test
    void missingScopeIsForbidden() {
        var answer = app.get("/api/notes", app.connect("openid").get("access_token"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("insufficient_scope")
                .contains("notes.read");
    }

    @Test
    void unknownTokenIsChallenged() {
        var answer = app.get("/api/me", "unknown");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("invalid_token");
        assertThat(server.journal().apiCalls())
                .singleElement()
                .extracting(Journal.ApiCall::status)
                .isEqualTo(401);
    }

    @Test
    void userEndsAGrantOnThePage() {
        Map<String, Object> tokens = app.connect("notes.read");
        Browser alice = new Browser();
        alice.authorize(app.url(app.request("notes.read")), "alice", "pw");
        HtmlForm form = HtmlForm.in(alice.get(server.at("/grants")).body(), server.at("/grants"))
                .get(0);

        alice.submit(form);

        assertThat(server.grants("alice")).isEmpty();
        assertThat(app.get("/api/me", tokens.get("access_token")).statusCode()).isEqualTo(401);
    }

    @Test
    void developerRegistersAnAppAndGetsIdAndSecret() {
        Browser alice = new Browser();
        alice.authorize(app.url(app.request("notes.read")), "alice", "pw");
        HtmlForm form = HtmlForm.in(alice.get(server.at("/apps")).body(), server.at("/apps"))
                .get(0);

        String page = alice.submit(
                        form,
                        new HtmlForm.Control("text", "name", "My <host>"),
                        new HtmlForm.Control("url", "redirect_uri", "http://localhost:8080/bulla/callback/9"))
                .body();

        String id = page.replaceAll("(?s).*id=\"client-id\">([^<]*)<.*", "$1");
        assertThat(server.service().knowsClient(id)).isTrue();
        assertThat(page).contains("My &lt;host&gt;").contains("client-secret");
    }

    @Test
    void metadataNamesWhatTheServerDoes() {
        Map<String, Object> metadata = TestApp.json(app.get("/.well-known/openid-configuration", ""));

        assertThat(metadata)
                .containsEntry("issuer", server.issuer().toString())
                .containsEntry("token_endpoint", server.at("/token").toString())
                .containsEntry("authorization_response_iss_parameter_supported", true);
        assertThat(TestApp.json(app.get("/.well-known/oauth-authorization-server", "")))
                .isEqualTo(metadata);
    }
}
