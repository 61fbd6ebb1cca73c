package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.server.Browser;
import dev.bulla.testkit.store.InMemoryStore;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Caller;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebHandlersTest implements WebHost {
    private static final String BACK = "https://app.example.com/done";

    private final AuthorizationServer server =
            AuthorizationServer.builder().user("alice", "alice", "Alice").start();
    private final Bulla bulla = Bulla.builder()
            .store(InMemoryStore.create())
            .hostKeys(HostKeyring.ephemeral())
            .baseUri("https://app.example.com/bulla")
            .returnTo(BACK)
            .providers(provider())
            .http(HttpSettings.standard().reaching("127.0.0.1:" + server.port()))
            .build();
    private final BullaHandlers handlers = BullaHandlers.of(bulla, this);
    private final Map<String, String> cookies = new HashMap<>();
    private Landing landed;

    private Provider provider() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        server.at("/authorize").toString(), server.at("/token").toString())
                .identity(server.at("/api/me").toString(), "id", "name")
                .revocation(
                        RevocationCall.rfc7009(server.at("/revoke").toString(), ClientAuthentication.POST, Reach.TOKEN))
                .build();
        return Provider.builder("demo", "Demo")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer(server.issuer().toString()))
                .build();
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return Optional.ofNullable(request.cookies().get("login")).map(member -> new Caller("acme", member, false));
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return request.field("csrf").equals(Optional.of("good"));
    }

    @Override
    public void landed(WebRequest request, Caller caller, Landing landing) {
        landed = landing;
    }

    @BeforeEach
    void configure() {
        bulla.tenant("other").connections().create("theirs", "demo");
        var connections = bulla.tenant("acme").connections();
        URI redirect = connections.create("notes", "demo").redirectUri();
        server.registerClient("app", "app-secret", redirect.toString());
        connections.save(
                "notes", Settings.clientId("app").clientSecret("app-secret").scopes("notes.read"));
        cookies.put("login", "alice");
    }

    @AfterEach
    void close() {
        bulla.close();
        server.close();
    }

    private WebResponse get(String path, String query) {
        return send("GET", path, query, Map.of());
    }

    private WebResponse post(String path, String... fields) {
        Map<String, List<String>> form = new HashMap<>(Map.of("csrf", List.of("good")));
        for (int i = 0; i < fields.length; i += 2) {
            form.put(fields[i], List.of(fields[i + 1]));
        }
        return send("POST", path, "", form);
    }

    private WebResponse send(String method, String path, String query, Map<String, List<String>> form) {
        StringBuilder line = new StringBuilder();
        cookies.forEach(
                (name, value) -> line.append(name).append('=').append(value).append("; "));
        WebResponse answer = handlers.handle(new WebRequest(
                method, "/bulla" + path, query, Map.of("Cookie", List.of(line.toString())), form, "", "127.0.0.1"));
        for (String cookie : answer.headers().getOrDefault("Set-Cookie", List.of())) {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    private static URI location(WebResponse answer) {
        return URI.create(answer.headers().get("Location").get(0));
    }

    private URI begin() {
        WebResponse begun = post("/connect", "connection", "notes", "returnTo", BACK);
        assertThat(begun.status()).isEqualTo(303);
        return new Browser().authorize(location(begun), "alice", "alice");
    }

    private WebResponse arrive(URI callback, String query) {
        return get(callback.getPath().substring("/bulla".length()), query);
    }

    private void connect() {
        URI callback = begin();
        WebResponse end = arrive(callback, callback.getRawQuery());
        assertThat(location(end)).asString().startsWith(BACK + "?demo_connected=true");
    }

    @Test
    void callbackLeavesAtOnceAndQuietly() {
        URI callback = begin();
        WebResponse end = arrive(callback, callback.getRawQuery());

        assertThat(end.status()).isEqualTo(303);
        assertThat(location(end)).asString().startsWith(BACK).doesNotContain("code=", "state=");
        assertThat(end.headers())
                .containsEntry("Referrer-Policy", List.of("no-referrer"))
                .containsEntry("Cache-Control", List.of("no-store"))
                .containsEntry("Content-Security-Policy", List.of("default-src 'none'; frame-ancestors 'none'"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"));
        assertThat(end.body()).isEmpty();
        assertThat(landed.outcome()).isInstanceOf(Landing.Connected.class);
    }

    @Test
    void connectIsPostedFromATrustedPageByAMember() {
        assertThat(get("/connect", "connection=notes").status()).isEqualTo(405);
        assertThat(post("/connect", "connection", "notes", "csrf", "bad").status())
                .isEqualTo(403);
        assertThat(post("/connect").status()).isEqualTo(400);
        cookies.remove("login");
        assertThat(post("/connect", "connection", "notes").status()).isEqualTo(401);
    }

    @Test
    void connectWithoutReturnAddressGoesBackToTheFallbackPage() {
        WebResponse begun = post("/connect", "connection", "notes");
        URI callback = new Browser().authorize(location(begun), "alice", "alice");
        assertThat(location(arrive(callback, callback.getRawQuery())))
                .asString()
                .startsWith(BACK);
    }

    @Test
    void programsGetTheLocationAsJson() {
        WebResponse begun = handlers.handle(new WebRequest(
                "POST",
                "/bulla/connect",
                "",
                Map.of("Cookie", List.of("login=alice"), "Accept", List.of("application/json")),
                Map.of("csrf", List.of("good"), "connection", List.of("notes")),
                "",
                "127.0.0.1"));
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.body()).contains("\"location\":\"" + server.at("/authorize"));
        assertThat(begun.headers()).containsKey("Set-Cookie");
    }

    @Test
    void strictSessionCookieIsAnsweredWithOneBounce() {
        URI callback = begin();
        String login = cookies.remove("login");
        WebResponse bounce = arrive(callback, callback.getRawQuery());
        assertThat(bounce.status()).isEqualTo(200);
        Matcher refresh = Pattern.compile("content=\"0;url=\\?([^\"]+)\"").matcher(bounce.body());
        assertThat(refresh.find()).isTrue();

        cookies.put("login", login);
        WebResponse end = arrive(callback, refresh.group(1).replace("&amp;", "&"));
        assertThat(location(end)).asString().startsWith(BACK + "?demo_connected=true");
    }

    @Test
    void nobodyAfterTheBounceLandsOnTheFallbackPage() {
        URI callback = begin();
        cookies.remove("login");
        WebResponse end = arrive(callback, callback.getRawQuery() + "&bulla_again=1");
        assertThat(end.status()).isEqualTo(303);
        assertThat(location(end)).hasToString(BACK + "?bulla_error=session_expired");
    }

    @Test
    void bounceEscapesWhatItRepeats() {
        cookies.remove("login");
        WebResponse bounce = get("/callback/x", "a=\"><script>'");
        assertThat(bounce.body())
                .doesNotContain("<script>")
                .contains("?a=&quot;&gt;&lt;script&gt;&#39;&amp;bulla_again=1");
        assertThat(get("/callback/x", "a=" + "b".repeat(9000)).status()).isEqualTo(303);
    }

    @Test
    void statusShowsTheAccountAndNothingSecret() {
        assertThat(get("/status", "").body())
                .isEqualTo(
                        "{\"connections\":[{\"connection\":\"notes\",\"status\":\"NOT_CONNECTED\",\"ready\":false}]}");
        connect();
        assertThat(get("/status", "connection=notes").body())
                .contains("\"status\":\"ACTIVE\"", "\"ready\":true", "\"identity\":\"Alice\"", "\"sealedTo\":\"HOST\"")
                .contains("\"expiresAt\":\"20")
                .doesNotContain("token", "secret");
        bulla.tenant("acme").connections().disable("notes");
        assertThat(get("/status", "").body()).contains("\"status\":\"ACTIVE\"", "\"ready\":false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"theirs", "nowhere"})
    void unknownAndForeignLookAlike(String connection) {
        String refusal =
                "{\"code\":\"CONNECTION_UNKNOWN\",\"message\":\"no connection of this name\",\"actor\":\"OWNER\","
                        + "\"retryable\":false,\"sentence\":\"There is no connection of this name. Its owner can create one.\","
                        + "\"where\":\"connections\"}";
        for (WebResponse answer : List.of(
                get("/status", "connection=" + connection),
                post("/connect", "connection", connection, "returnTo", BACK),
                post("/disconnect", "connection", connection))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(refusal);
        }
    }

    @Test
    void disconnectSaysWhatBecameOfTheGrant() {
        connect();
        assertThat(post("/disconnect", "connection", "notes").body())
                .isEqualTo("{\"connection\":\"notes\",\"revocation\":\"REVOKED\"}");
        assertThat(server.grants("alice")).isEmpty();
        assertThat(get("/status", "").body())
                .contains("\"status\":\"DISCONNECTED\"", "\"reason\":\"disconnected_by_member\"");
        assertThat(get("/disconnect", "").status()).isEqualTo(405);
        assertThat(post("/disconnect", "connection", "notes", "csrf", "").status())
                .isEqualTo(403);
    }

    @Test
    void foreignReturnAddressIsRefused() {
        WebResponse answer = post("/connect", "connection", "notes", "returnTo", "https://evil.example/");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("RETURN_ADDRESS_REFUSED");
    }

    @Test
    void otherAddressesAreNotFound() {
        assertThat(get("/elsewhere", "").status()).isEqualTo(404);
    }
}
