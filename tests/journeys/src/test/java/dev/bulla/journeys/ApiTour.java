package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Session;
import dev.bulla.model.Landing;
import dev.bulla.model.Origin;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Provider;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookRegistration.Step;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Route;
import dev.bulla.web.WebResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A tour through every address of the API, as an owner and a member take it, with the answers. */
final class ApiTour implements AutoCloseable {
    static final String MEMBER = "tina";
    private static final String CLIENT_SECRET = "tour-client-secret-5d1c";
    private static final String OWN_TOOL = "tour_ping";
    private static final String TOOL = """
            {"name":"tour_ping","description":"Asks.","input":{"properties":{}},
            "tier":"read","http":{"method":"GET","path":"/ping"},"resource":"none"}""".replace("\n", "");
    private static final String WALKTHROUGH = """
            ## Get the key

            1. Open Settings.

            ## When it does not work

            | Code | Told by | Where | What you see | Why | Who | What to do |
            | --- | --- | --- | --- | --- | --- | --- |
            | too_old | - | service https://keys.example/keys | 401 | The key is old | Member | Make a new one |
            """;
    private static final String WEBHOOK_SECRET = "tour-webhook-secret-9e31";
    private static final String API_KEY = "tour-api-key-77aa02";

    private final World world;
    private final Pages pages;
    private final BiConsumer<String, String> secrets;
    private final List<Visit> visits = new ArrayList<>();
    private Front front;
    private String policy = "";
    private Runnable connected = () -> {};

    /**
     * An answer.
     *
     * @param asked the body of the request
     * @param shown its body, without what the protocol or the member must be told: a state, a new key
     */
    record Visit(Route route, String asked, WebResponse answer, String shown) {}

    /**
     * @param world one that is not started with its providers yet: see {@link #providers}
     * @param secrets told of each secret that comes up, with its kind
     */
    ApiTour(World world, BiConsumer<String, String> secrets) {
        this.world = world;
        this.pages = new Pages(world, "a1", "a2");
        this.secrets = secrets;
    }

    /** What the host registers beside the demo service. */
    Provider[] providers() {
        pages.api.answering(asked -> TourThings.answer(asked).orElseGet(() -> pages.answer(asked)));
        Provider[] further = TourThings.providers(world, pages.api);
        return new Provider[] {
            further[0],
            further[1],
            pages.provider(pages.one()),
            world.provider("tour-hooks")
                    .withWebhooks(WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "", Coding.HEX)
                            .source(Source.RECEIVER)
                            .challengeByQuery("mode", "subscribe", "token", "challenge")
                            .registration(WebhookRegistration.of(
                                            new Step(
                                                    "POST",
                                                    "/api/me",
                                                    Map.of("url", "{address}", "secret", "{secret}")),
                                            List.of("id"),
                                            new Step("GET", "/api/me", Map.of()))
                                    .events("some"))
                            .build()),
            world.provider("tour-offers")
                    .withWebhooks(WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "", Coding.HEX)
                            .offer("token")
                            .build()),
            Provider.builder("tour-keys", "Tour Keys")
                    .form(new KeyForm(
                            List.of(
                                    Field.secret("apiKey", "API key", "in your settings"),
                                    Field.text("region", "Region", "")
                                            .options(Field.Option.of("eu", "Europe"), Field.Option.of("us", "America"))
                                            .preset("eu")
                                            .optional()),
                            "apiKey",
                            (values, call) -> new Verification(true, Identity.of("key", "Somebody"), List.of())))
                    .api(ApiAccess.bearer(world.server.issuer().toString()))
                    .documentation(Documentation.read("2026-11-21", "https://keys.example/docs")
                            .rateLimit("60 calls a minute")
                            .walkthrough(() -> new ByteArrayInputStream(WALKTHROUGH.getBytes(StandardCharsets.UTF_8))))
                    .build()
        };
    }

    /** @param eachConnected called where new tokens may be stored */
    List<Visit> taken(Runnable eachConnected) {
        connected = eachConnected;
        front = new Front(world, MEMBER);
        secrets.accept("client secret", CLIENT_SECRET);
        secrets.accept("API key", API_KEY);
        owner();
        setUp();
        hooks();
        things();
        member();
        tools();
        keys();
        audit();
        afterwards();
        assertThat(visits).extracting(Visit::route).containsAll(BullaHandlers.routes());
        return visits;
    }

    private WebResponse go(String method, String path, String at, String json) {
        return go(method, path, at, "", json);
    }

    private WebResponse go(String method, String path, String at, String asked, String json) {
        Route route = BullaHandlers.routes().stream()
                .filter(known -> known.method().equals(method) && known.path().equals(path))
                .findFirst()
                .orElseThrow();
        front.as(route.owner() ? "olivia" : MEMBER, route.owner());
        String[] query = path.split("\\?", 2);
        WebResponse answer = front.send(
                method,
                query[0].replace("{tool}", OWN_TOOL)
                                .replace("{policy}", policy)
                                .replace("{kind}", "thing")
                                .replaceFirst("\\{[a-z]+}", at)
                        + asked,
                json);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        visits.add(new Visit(route, json, answer, shown(answer)));
        return answer;
    }

    private String shown(WebResponse answer) {
        if (!isJson(answer)) {
            return answer.body() + answer.headers();
        }
        if (Front.json(answer).has("key")) {
            String key = Front.text(answer, "key");
            secrets.accept("member key", key);
            secrets.accept("member key", key.replace("-", ""));
            return answer.body().replace(key, "...");
        }
        if (Front.json(answer).has("bearer")) {
            String bearer = Front.text(answer, "bearer");
            secrets.accept("grant", bearer);
            secrets.accept("grant", bearer.replace("-", ""));
            return answer.body().replace(bearer, "...");
        }
        if (Front.json(answer).has("secret")) {
            String secret = Front.text(answer, "secret");
            secrets.accept("webhook secret", secret);
            return answer.body().replace(secret, "...");
        }
        if (Front.json(answer).has("location")) {
            URI location = URI.create(Front.text(answer, "location"));
            String state = Trip.parameters(location).get("state");
            secrets.accept("state", state);
            secrets.accept(
                    "browser secret",
                    answer.headers().get("Set-Cookie").get(0).split(";", 2)[0].split("=", 2)[1]);
            return answer.body().replace(state, "...");
        }
        return answer.body() + answer.headers();
    }

    static boolean isJson(WebResponse answer) {
        return answer.headers().get("Content-Type").equals(List.of("application/json"));
    }

    private void tools() {
        String tools = "owner/connections/{connection}/tools";
        go("GET", tools, "tour-notes", "");
        go("POST", tools, "tour-notes", "{\"tool\":" + TOOL + "}");
        go("PUT", tools + "/offered", "tour-notes", "{\"tools\":[\"" + OWN_TOOL + "\"]}");
        assertThat(go("GET", "tools", "", "").body()).contains("\"tour-notes__" + OWN_TOOL + "\"");
        go("POST", "tools/view", "", "{}");
        assertThat(go("GET", "tools/explain", "", "?tool=tour-notes__none", "").body())
                .contains("TOOL_UNKNOWN");
        assertThat(go("PUT", tools + "/offered", "tour-notes", "{\"tools\":[]}").body())
                .contains("\"all\":false", "\"offered\":false")
                .doesNotContain("\"offered\":true");
        go("PUT", tools + "/offered", "tour-notes", "{\"all\":true}");
        policies();
        go("DELETE", tools + "/{tool}", "tour-notes", "");
    }

    private void policies() {
        String all = "owner/connections/{connection}/policies";
        String one = all + "/{policy}";
        String forbid = "{\"name\":\"No pings\",\"effect\":\"forbid\",\"tools\":[\"" + OWN_TOOL
                + "\"],\"denyMessage\":\"Not now\"}";
        String body = "{\"policy\":" + forbid + "}";
        go("GET", all, "tour-notes", "");
        assertThat(go("POST", all + "/preview", "tour-notes", body).body()).contains("forbid (");
        WebResponse created = go("POST", all, "tour-notes", body);
        policy = Front.text(created, "id");
        long version = Front.json(created).number("version").orElseThrow().longValue();
        assertThat(go("GET", "tools/explain", "", "?tool=tour-notes__" + OWN_TOOL, "")
                        .body())
                .contains("POLICY_DENIED");
        go("POST", one + "/disable", "tour-notes", "");
        go("POST", one + "/enable", "tour-notes", "");
        go("PUT", one, "tour-notes", body.replace("Not now", "Later"));
        assertThat(go("GET", one + "/versions", "tour-notes", "").body()).contains("\"Later\"", "\"Not now\"");
        WebResponse back = go("POST", one + "/roll-back", "tour-notes", "{\"version\":" + version + "}");
        go(
                "PUT",
                one,
                "tour-notes",
                "{\"version\":" + Front.json(back).number("version").orElseThrow() + ",\"policy\":"
                        + forbid.replace("Not now", "Never") + "}");
        assertThat(go("GET", one + "/diff", "tour-notes", "?from=" + version + "&to=" + (version + 3), "")
                        .body())
                .contains("\"field\":\"denyMessage\"");
        assertThat(go("POST", all + "/simulate", "tour-notes", "{\"policies\":[" + forbid + "],\"hours\":1}")
                        .body())
                .contains("\"complete\":true");
        go("DELETE", one, "tour-notes", "");
        assertThat(go("GET", all + "/history", "tour-notes", "").body()).contains("\"DELETED\"");
    }

    private void audit() {
        assertThat(go("GET", "owner/audit", "", "?kind=CHANGE&limit=2&from=2000-01-01T00:00:00Z", "")
                        .body())
                .contains("\"decision\":\"ALLOW\"", "\"next\":");
        go("GET", "audit", "", "");
        go("GET", "audit/sessions", "", "");
        assertThat(go("GET", "owner/audit/sessions", "", "?kind=USE", "").body())
                .contains("\"complete\":true");
        assertThat(go("POST", "owner/audit/sessions/{session}/reset", "none", "{}")
                        .body())
                .contains("\"reset\":false");
        assertThat(go("GET", "owner/audit", "", "?kind=CHANGE", "").body())
                .contains("\"TOOLS_CHANGED\"", "\"POLICY_SAVED\"", "\"POLICY_DELETED\"", "\"by\":\"olivia\"");
        assertThat(go("GET", "owner/audit/export", "", "?format=jsonl", "").body())
                .contains("\"KEY_ISSUED\"");
        assertThat(go("GET", "audit/export", "", "", "").body()).startsWith("id,at,");
    }

    private void owner() {
        go("GET", "owner/providers", "", "");
        go("GET", "owner/providers/{provider}", "paged", "");
        go("GET", "owner/providers/{provider}", "tour-keys", "");
        assertThat(go("GET", "owner/providers/{provider}/walkthrough", "tour-keys", "")
                        .body())
                .contains("## Get the key", "\"code\":\"too_old\"", "\"where\":\"service\"");
        create("tour-notes", "demo");
        create("tour-pages", "paged");
        go("POST", "owner/connections", "", "{\"name\":\"tour-keys\",\"provider\":\"tour-keys\",\"mode\":\"FORM\"}");
    }

    private void create(String name, String provider) {
        WebResponse created =
                go("POST", "owner/connections", "", "{\"name\":\"" + name + "\",\"provider\":\"" + provider + "\"}");
        assertThat(created.status()).isEqualTo(201);
        world.server.registerClient("new-" + name, CLIENT_SECRET, Front.text(created, "redirectUri"));
        world.server.registerClient(name, CLIENT_SECRET, Front.text(created, "redirectUri"));
        go("GET", "owner/connections/{connection}", name, "");
        go(
                "PATCH",
                "owner/connections/{connection}/form",
                name,
                "{\"values\":{\"clientId\":\"" + name + "\",\"no\":\"x\"}}");
        go(
                "PATCH",
                "owner/connections/{connection}",
                name,
                "{\"fields\":{\"clientId\":\"" + name + "\"},\"secrets\":{\"clientSecret\":\"" + CLIENT_SECRET
                        + "\"},\"scopes\":[\"notes.read\"],\"required\":true,\"memberKeyFirst\":false}");
    }

    private void setUp() {
        go("GET", "owner/connections", "", "");
        go("GET", "owner/connections/{connection}/form", "tour-notes", "");
        go("POST", "owner/connections/{connection}/disable", "tour-notes", "");
        go("GET", "owner/connections/{connection}/explain", "tour-notes", "");
        go("POST", "owner/connections/{connection}/enable", "tour-notes", "{}");
    }

    private void hooks() {
        String hooks = "owner/connections/{connection}/webhooks";
        create("tour-hooks", "tour-hooks");
        create("tour-offers", "tour-offers");
        go("GET", hooks, "tour-hooks", "");
        go("POST", hooks, "tour-hooks", "");
        secrets.accept("webhook secret", WEBHOOK_SECRET);
        go("PUT", hooks + "/secret", "tour-hooks", "{\"secret\":\"" + WEBHOOK_SECRET + "\"}");
        go("POST", hooks + "/secret", "tour-hooks", "");
        go("DELETE", hooks + "/former-secret", "tour-hooks", "");
        go("POST", hooks + "/token", "tour-hooks", "");
        world.connect("olivia", "tour-hooks", "anna");
        go("POST", hooks + "/register", "tour-hooks", "{\"label\":\"\",\"values\":{},\"events\":[\"all\"]}");
        go("GET", hooks, "tour-hooks", "");
        go("POST", hooks + "/unregister", "tour-hooks", "{\"label\":\"\"}");
        go("POST", hooks + "/await", "tour-offers", "");
        go("POST", hooks + "/offered", "tour-offers", "");
        go("DELETE", hooks, "tour-hooks", "");
        world.member("olivia").remove();
    }

    private void things() {
        String entities = "owner/connections/{connection}/entities";
        create(TourThings.THINGS, TourThings.THINGS);
        world.connect(MEMBER, TourThings.THINGS, "anna");
        assertThat(go("POST", "connections/{connection}/harvest", TourThings.THINGS, "{\"label\":\"\"}")
                        .body())
                .contains("\"thing\":1");
        assertThat(go("GET", entities, TourThings.THINGS, "").body()).contains("\"known\":1");
        assertThat(go("GET", entities + "/{kind}", TourThings.THINGS, "?search=ONE&limit=1", "")
                        .body())
                .contains("\"color\":[\"red\"]");
        go("DELETE", entities + "/{kind}", TourThings.THINGS, "");
        go("DELETE", entities, TourThings.THINGS, "");
        create(TourThings.SERVER, TourThings.SERVER);
        world.connect("olivia", TourThings.SERVER, "anna");
        assertThat(go("POST", "owner/connections/{connection}/tools/import", TourThings.SERVER, "{}")
                        .body())
                .contains("\"tour_find\"", "\"UPSTREAM\"", "\"tour_code\"");
        world.member("olivia").remove();
    }

    private void connect(String connection, String user) {
        WebResponse begun =
                go("POST", "connections/{connection}/connect", connection, "{\"returnTo\":\"" + World.RETURN + "\"}");
        URI callback = new dev.bulla.testkit.server.Browser()
                .authorize(URI.create(Front.text(begun, "location")), user, user + "-password");
        secrets.accept("code", Trip.parameters(callback).get("code"));
        front.arrive(callback);
        connected.run();
    }

    private String ticket() {
        return front.landed.outcome() instanceof Landing.IdentityDiffers differs
                ? differs.ticket()
                : ((Landing.Choosing) front.landed.outcome()).ticket();
    }

    private void member() {
        go("GET", "connections", "", "");
        go("GET", "connections/{connection}/explain", "tour-notes", "");
        connect("tour-notes", "anna");
        connect("tour-notes", "ben");
        go("POST", "identity", "", "{\"ticket\":\"" + ticket() + "\",\"accept\":true}");
        go("GET", "connections/{connection}", "tour-notes", "");
        go("POST", "connections/{connection}/refresh", "tour-notes", "");
        connected.run();
        connect("tour-pages", "anna");
        String ticket = Front.text(go("POST", "connections/{connection}/selection", "tour-pages", ""), "ticket");
        go("POST", "selection/options", "", "{\"ticket\":\"" + ticket + "\",\"step\":\"page\",\"chosen\":{}}");
        go("POST", "selection/choose", "", "{\"ticket\":\"" + ticket + "\",\"choices\":{\"page\":[{\"id\":\"a1\"}]}}");
        go("POST", "connections/{connection}/connect", "tour-keys", "");
        String form = "connections/{connection}/form";
        go("GET", form, "tour-keys", "");
        go("PUT", form, "tour-keys", "{\"values\":{\"apiKey\":\"" + API_KEY + "\"}}");
        go("PATCH", form, "tour-keys", "{\"values\":{\"region\":\"us\"}}");
        go(
                "PATCH",
                form,
                "tour-keys",
                "{\"rows\":[{\"region\":\"eu\"},{\"apiKey\":\"" + API_KEY + "\"},{\"region\":\"us\"}]}");
        go("PATCH", form, "tour-keys", "{\"labels\":{\"second\":{\"apiKey\":\"" + API_KEY + "\",\"region\":\"no\"}}}");
        go("GET", form, "tour-keys", "");
    }

    private static String key(String key) {
        return "{\"key\":\"" + key + "\"}";
    }

    private String keyOf(WebResponse issued) {
        return Front.text(issued, "key");
    }

    private void keys() {
        go("GET", "key", "", "");
        String first = keyOf(go("POST", "key/issue", "", ""));
        go("POST", "key/confirm", "", key(first));
        Keys.awaitSealed(world.member(MEMBER));
        go("GET", "key", "", "");
        go("POST", "connections/{connection}/form/view", "tour-keys", key(first));
        grants(first);
        go("GET", "connections/{connection}/explain", "tour-notes", "");
        String second = keyOf(go("POST", "key/rotate", "", key(first)));
        go("POST", "key/confirm", "", key(second));
        go("POST", "connections/{connection}/disconnect", "tour-notes", key(second));
        connect("tour-notes", "anna");
        go("POST", "key/revoke", "", key(second));
        String third = keyOf(go("POST", "key/issue", "", ""));
        go("POST", "key/confirm", "", key(third));
        connect("tour-notes", "anna");
        go("POST", "key/reset", "", "");
        connect("tour-notes", "anna");
    }

    private void grants(String key) {
        WebResponse made =
                go("POST", "grants", "", "{\"key\":\"" + key + "\",\"connections\":[\"tour-notes\"],\"seconds\":600}");
        assertThat(made.body()).contains("\"connections\":[\"tour-notes\"]", "\"tools\":[]");
        try (Session session =
                world.bulla.tenant(World.TENANT).open(Front.text(made, "bearer"), new Origin("192.0.2.1", "tour"))) {
            assertThat(session.accounts()).hasSize(1);
        }
        String id = Front.json(made).object("grant").orElseThrow().text("id").orElseThrow();
        assertThat(go("GET", "grants", "", "").body()).contains(id, "\"lastUsedAt\"");
        assertThat(go("DELETE", "grants/{grant}", id, "").body()).doesNotContain(id);
    }

    private void afterwards() {
        go("GET", "owner/connections/{connection}/accounts", "tour-notes", "");
        go(
                "PATCH",
                "owner/connections/{connection}",
                "tour-notes",
                "{\"fields\":{\"clientId\":\"new-tour-notes\"},\"secrets\":{\"clientSecret\":\"" + CLIENT_SECRET
                        + "\"}}");
        go("GET", "owner/connections/{connection}/old-apps", "tour-notes", "");
        go("POST", "owner/connections/{connection}/old-apps/retire", "tour-notes", "");
        connect("tour-notes", "anna");
        go("POST", "owner/connections/{connection}/reconnect", "tour-notes", "");
        go("GET", "owner/connections/{connection}/explain", "tour-notes", "");
        front.as("olivia", true);
        visits.add(new Visit(
                BullaHandlers.routes().stream()
                        .filter(route -> route.method().equals("DELETE"))
                        .findFirst()
                        .orElseThrow(),
                "",
                front.send("DELETE", "owner/connections/tour-notes?accounts=end", ""),
                front.answers().get(front.answers().size() - 1).body()));
        go("DELETE", "owner/connections/{connection}", "tour-pages", "");
        go("POST", "owner/members/remove", "", "{\"member\":\"" + MEMBER + "\"}");
    }

    @Override
    public void close() {
        pages.close();
    }
}
