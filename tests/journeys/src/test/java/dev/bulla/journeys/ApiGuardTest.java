package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Caller;
import dev.bulla.web.Route;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What guards each address of the API, one by one. */
class ApiGuardTest {
    private static World world;
    private Front front;

    @BeforeAll
    static void start() {
        world = new World();
        world.connection("notes");
        world.bulla.tenant("other").connections().create("theirs", "demo");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void olivia() {
        front = new Front(world, "olivia").as("olivia", true);
    }

    private static final String POLICY = "{\"policy\":{\"name\":\"x\",\"effect\":\"permit\"}}";
    private static final Map<String, String> BODIES = Map.of(
            "PUT connections/{connection}/form", "{\"values\":{}}",
            "PATCH connections/{connection}/form", "{\"values\":{}}",
            "POST connections/{connection}/policies", POLICY,
            "POST connections/{connection}/policies/preview", POLICY,
            "PUT connections/{connection}/policies/{policy}", POLICY,
            "POST connections/{connection}/policies/simulate", "{\"policies\":[]}",
            "POST connections/{connection}/policies/{policy}/roll-back", "{\"version\":1}",
            "POST connections/{connection}/tools",
                    "{\"tool\":{\"name\":\"x\",\"description\":\"d\",\"http\":{\"method\":\"GET\",\"path\":\"/x\"},\"resource\":\"none\"}}",
            "PUT connections/{connection}/tools/offered", "{\"tools\":[]}");

    static Stream<Route> routes() {
        return BullaHandlers.routes().stream();
    }

    static Stream<Route> unsafe() {
        return routes().filter(route -> !route.safe());
    }

    static Stream<Route> owners() {
        return routes().filter(Route::owner);
    }

    static Stream<Route> members() {
        return routes().filter(route -> !route.owner());
    }

    static Stream<Route> named() {
        return routes().filter(route -> route.path().contains("{connection}"));
    }

    private static String path(Route route, String connection) {
        String query = route.path().endsWith("/diff") ? "?from=1&to=2" : "";
        return route.path().replace("{connection}", connection).replace("{provider}", "demo") + query;
    }

    private WebResponse send(Route route, String connection) {
        return front.send(route.method(), path(route, connection), body(route));
    }

    /** What a request of the route needs at least, so that it comes as far as the connection. */
    private static String body(Route route) {
        return BODIES.getOrDefault(route.method() + " " + route.path().replaceFirst("^owner/", ""), "");
    }

    private static void assertRefused(WebResponse answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(Front.text(answer, "code")).isEqualTo(code);
        assertThat(answer.headers()).containsEntry("Cache-Control", List.of("no-store"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void nobodyIsAnsweredWithoutALogin(Route route) {
        front.caller = null;
        assertRefused(send(route, "notes"), 401, "LOGIN_REQUIRED");
        assertThat(send(route, "nowhere").body()).isEqualTo(send(route, "notes").body());
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void nothingChangesWithoutTheTrustOfTheHost(Route route) {
        front.trusted = false;
        assertRefused(send(route, "notes"), 403, "FORM_NOT_TRUSTED");
    }

    @ParameterizedTest
    @MethodSource("owners")
    void membersAreRefusedWhatIsForOwners(Route route) {
        front.as("alice", false);
        WebResponse answer = send(route, "notes");
        assertRefused(answer, 403, "OWNER_REQUIRED");
        assertThat(send(route, "nowhere").body()).isEqualTo(answer.body());
    }

    @ParameterizedTest
    @MethodSource("members")
    void ownersAreMembersToo(Route route) {
        assertThat(send(route, "notes").status()).isNotIn(401, 403, 405, 500);
    }

    @ParameterizedTest
    @MethodSource("named")
    void unknownAndForeignLookAlike(Route route) {
        WebResponse unknown = send(route, "nowhere");
        WebResponse foreign = send(route, "theirs");
        if (route.path().endsWith("/explain")) {
            assertThat(unknown.body()).contains("\"works\":false", "\"code\":\"CONNECTION_UNKNOWN\"");
        } else {
            assertRefused(unknown, 404, "CONNECTION_UNKNOWN");
        }
        assertThat(foreign.body().replace("theirs", "nowhere")).isEqualTo(unknown.body());
        assertThat(foreign.headers()).isEqualTo(unknown.headers());
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void bodiesAreJsonOfKnownNames(Route route) {
        for (String body : List.of("[]", "{", "{\"a\":1,\"a\":2}", "{\"unheard\":1}", "{} {}")) {
            assertThat(front.send(route.method(), path(route, "notes"), body).status())
                    .as(body)
                    .isEqualTo(400);
        }
        WebRequest form = front.request(route.method(), "/bulla/api/" + path(route, "notes"), "", "");
        WebRequest filled = new WebRequest(
                form.method(), form.path(), "", form.headers(), Map.of("label", List.of("x")), "", "127.0.0.1");
        if (!route.path().endsWith("/connect")) {
            assertRefused(front.send(filled), 400, "INVALID_ARGUMENT");
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void otherMethodsAreToldWhatGoes(Route route) {
        WebResponse answer = front.send("OPTIONS", path(route, "notes"), "");
        assertRefused(answer, 405, "METHOD_NOT_ALLOWED");
        assertThat(answer.headers().get("Allow").get(0)).contains(route.method());
    }

    @Test
    void otherAddressesAreNotFound() {
        for (String path : List.of("", "elsewhere", "connections/", "connections//form", "connections/a/b", "owner")) {
            assertRefused(front.get(path), 404, "NOT_FOUND");
        }
        front.caller = null;
        assertRefused(front.get("elsewhere"), 401, "LOGIN_REQUIRED");
        for (String path : List.of("/bulla", "/bulla/", "/bulla/api", "/elsewhere/api/key", "/bulla/callback/a/b")) {
            assertRefused(front.send(front.request("GET", path, "", "")), 404, "NOT_FOUND");
        }
    }

    @Test
    void tenantsAreApart() {
        front.caller = new Caller("other", "olivia", true);
        assertThat(front.get("owner/connections").body()).contains("\"theirs\"").doesNotContain("\"notes\"");
        front.as("olivia", true);
        assertThat(front.get("owner/connections").body()).contains("\"notes\"").doesNotContain("\"theirs\"");
        assertThat(front.get("connections").body()).contains("\"notes\"").doesNotContain("\"theirs\"");
    }
}
