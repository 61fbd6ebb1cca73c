package dev.bulla.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
    private final AuthorizationServer server = AuthorizationServer.builder()
            .user("alice", "pw", "Alice <script>alert(1)</script> Example")
            .client(TestApp.ID, TestApp.SECRET, TestApp.REDIRECT)
            .start();
    private final TestApp app = new TestApp(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void consentLeadsBackWithCodeStateAndIssuer() {
        URI callback = new Browser().authorize(app.url(app.request("notes.read")), "alice", "pw");

        assertThat(callback.toString()).startsWith(TestApp.REDIRECT + "?");
        Form query = Form.of(callback.getRawQuery());
        assertThat(query.get("code")).isNotEmpty();
        assertThat(query.get("state")).isEqualTo("a state & more");
        assertThat(query.get("iss")).isEqualTo(server.issuer().toString());
    }

    @Test
    void untickedScopesAreNotGranted() {
        URI callback =
                new Browser().consentOnly(app.url(app.request("notes.read notes.write")), "alice", "pw", "notes.read");

        String code = Form.of(callback.getRawQuery()).get("code");
        assertThat(TestApp.json(app.token(app.exchange(code)))).containsEntry("scope", "notes.read");
    }

    @Test
    void denialLeadsBackWithAccessDenied() {
        URI callback = new Browser().deny(app.url(app.request("notes.read")), "alice", "pw");

        assertThat(callback.getQuery())
                .contains("error=access_denied")
                .contains("state=")
                .doesNotContain("code=");
    }

    @Test
    void consentToNothingIsDenial() {
        URI callback = new Browser().consentOnly(app.url(app.request("notes.read")), "alice", "pw");

        assertThat(callback.getQuery()).contains("error=access_denied");
    }

    @Test
    void wrongPasswordLeadsNowhere() {
        assertThatThrownBy(() -> new Browser().authorize(app.url(app.request("")), "alice", "wrong"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void missingPkceIsRefusedAtTheCallback() {
        Map<String, String> request = app.request("notes.read");
        request.remove("code_challenge");

        assertThat(new Browser().authorize(app.url(request), "alice", "pw").getQuery())
                .contains("error=invalid_request");
    }

    @Test
    void plainPkceIsRefusedAtTheCallback() {
        Map<String, String> request = app.request("notes.read");
        request.put("code_challenge_method", "plain");

        assertThat(new Browser().authorize(app.url(request), "alice", "pw").getQuery())
                .contains("error=invalid_request");
    }

    @Test
    void unknownScopeIsRefusedAtTheCallback() {
        assertThat(new Browser()
                        .authorize(app.url(app.request("notes.read admin")), "alice", "pw")
                        .getQuery())
                .contains("error=invalid_scope");
    }

    @Test
    void redirectUriThatIsNotRegisteredIsNeverFollowed() {
        for (String other : List.of(TestApp.REDIRECT + "/", TestApp.REDIRECT + "?x=1", "https://evil.example/")) {
            Map<String, String> request = app.request("notes.read");
            request.put("redirect_uri", other);

            assertThat(new Browser().get(app.url(request)).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void repeatedParameterIsRefused() {
        URI twice = URI.create(app.url(app.request("notes.read")) + "&client_id=" + TestApp.ID);

        assertThat(new Browser().get(twice).statusCode()).isEqualTo(400);
    }

    @Test
    void valuesOnPagesAreEscaped() {
        Browser browser = new Browser();
        Map<String, String> request = app.request("notes.read");
        request.put("state", "\"><script>alert(2)</script>");
        browser.authorize(app.url(request), "alice", "pw");

        String consent = browser.get(app.url(request)).body();
        assertThat(consent)
                .contains("Alice &lt;script&gt;")
                .contains("Read your notes")
                .doesNotContain("<script");
        assertThat(browser.get(server.at("/grants")).body())
                .contains("Alice &lt;")
                .doesNotContain("<script");
    }

    @Test
    void loginLeadsToOwnPagesOnly() {
        var answer =
                app.post("/login", Map.of("username", "alice", "password", "pw", "next", "https://evil.example/"), "");

        assertThat(answer.headers().firstValue("Location")).hasValue("/grants");
    }

    @Test
    void formWithoutItsTokenIsRefused() {
        var login = app.post("/login", Map.of("username", "alice", "password", "pw", "next", "/grants"), "");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

        assertThat(app.postWithCookie("/grants", Map.of("client", TestApp.ID), cookie)
                        .statusCode())
                .isEqualTo(403);
    }
}
