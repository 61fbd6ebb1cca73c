package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.Landing;
import dev.bulla.testkit.server.Browser;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A browser that comes back from a service. */
class WebHandlersTest {
    private static final String BACK = "https://app.example.com/";

    private final World world = new World();
    private Front front;

    @BeforeEach
    void configure() {
        world.connection("notes");
        front = new Front(world, "alice");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static URI location(WebResponse answer) {
        return URI.create(answer.headers().get("Location").get(0));
    }

    private WebResponse arrive(URI callback, String query) {
        return front.send(front.request("GET", callback.getPath(), query, ""));
    }

    @Test
    void callbackLeavesAtOnceAndQuietly() {
        WebResponse end = front.connect("notes", "anna");

        assertThat(end.status()).isEqualTo(303);
        assertThat(location(end))
                .asString()
                .startsWith(BACK + "?demo_connected=true")
                .doesNotContain("code=", "state=");
        assertThat(end.headers())
                .containsEntry("Referrer-Policy", List.of("no-referrer"))
                .containsEntry("Cache-Control", List.of("no-store"))
                .containsEntry("Content-Security-Policy", List.of("default-src 'none'; frame-ancestors 'none'"))
                .containsEntry("X-Content-Type-Options", List.of("nosniff"));
        assertThat(end.body()).isEmpty();
        assertThat(front.landed.outcome()).isInstanceOf(Landing.Connected.class);
    }

    @Test
    void formOfAPageIsSentAwayAtOnce() {
        WebRequest json = front.request("POST", "/bulla/api/connections/notes/connect", "", "");
        WebResponse begun = front.send(new WebRequest(
                "POST",
                json.path(),
                "",
                json.headers(),
                Map.of("returnTo", List.of(World.RETURN), "csrf", List.of("good")),
                "",
                "127.0.0.1"));
        assertThat(begun.status()).isEqualTo(303);
        URI callback = new Browser().authorize(location(begun), "anna", "anna-password");
        assertThat(location(front.arrive(callback))).asString().startsWith(World.RETURN + "?demo_connected=true");
    }

    @Test
    void buttonWithoutFieldsGoesBackToTheFallbackPage() {
        WebRequest json = front.request("POST", "/bulla/api/connections/notes/connect", "", "");
        WebResponse begun = front.send(new WebRequest(
                "POST",
                json.path(),
                "",
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                Map.of(),
                "",
                "127.0.0.1"));
        URI callback = new Browser().authorize(location(begun), "anna", "anna-password");
        assertThat(location(front.arrive(callback))).asString().startsWith(BACK + "?demo_connected=true");
    }

    @Test
    void foreignReturnAddressIsRefused() {
        WebResponse answer = front.post("connections/notes/connect", "{\"returnTo\":\"https://evil.example/\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(Front.text(answer, "code")).isEqualTo("RETURN_ADDRESS_REFUSED");
    }

    @Test
    void strictSessionCookieIsAnsweredWithOneBounce() {
        URI callback = front.agreed("notes", "anna");
        front.caller = null;
        WebResponse bounce = front.arrive(callback);
        assertThat(bounce.status()).isEqualTo(200);
        Matcher refresh = Pattern.compile("content=\"0;url=\\?([^\"]+)\"").matcher(bounce.body());
        assertThat(refresh.find()).isTrue();

        front.as("alice", false);
        WebResponse end = arrive(callback, refresh.group(1).replace("&amp;", "&"));
        assertThat(location(end)).asString().startsWith(BACK + "?demo_connected=true");
    }

    @Test
    void nobodyAfterTheBounceLandsOnTheFallbackPage() {
        URI callback = front.agreed("notes", "anna");
        front.caller = null;
        WebResponse end = arrive(callback, callback.getRawQuery() + "&bulla_again=1");
        assertThat(end.status()).isEqualTo(303);
        assertThat(location(end)).hasToString(BACK + "?bulla_error=session_expired");
    }

    @Test
    void bounceEscapesWhatItRepeats() {
        front.caller = null;
        URI callback = URI.create("/bulla/callback/x");
        assertThat(arrive(callback, "a=\"><script>'").body())
                .doesNotContain("<script>")
                .contains("?a=&quot;&gt;&lt;script&gt;&#39;&amp;bulla_again=1");
        assertThat(arrive(callback, "a=" + "b".repeat(9000)).status()).isEqualTo(303);
    }

    @Test
    void callbackIsFollowedAndNothingElse() {
        for (String method : List.of("POST", "HEAD", "PUT")) {
            WebResponse answer = front.send(front.request(method, "/bulla/callback/x", "", ""));
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers()).containsEntry("Allow", List.of("GET"));
        }
    }

    @Test
    void requestsShowTheirMethodOnly() {
        WebRequest request = front.request("POST", "/bulla/api/key/confirm", "a=b", "{\"key\":\"bulla1-x\"}");
        assertThat(request).hasToString("WebRequest[POST]");
    }
}
