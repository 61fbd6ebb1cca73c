package dev.bulla.examples.plainservlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.server.Browser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainServletTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    @TempDir
    static Path directory;

    private static PlainServlet host;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        host = PlainServlet.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, HttpRequest.newBuilder());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
        cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
        HttpResponse<String> answer =
                client.send(request.uri(URI.create(host.address() + path)).build(), BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer;
    }

    private static URI location(HttpResponse<String> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void memberConnectsAndCalls() throws Exception {
        post("/", "name=alice");
        assertThat(get("/me").body()).contains("NOT_CONNECTED");
        Matcher token = TOKEN.matcher(get("/bulla/").body());
        assertThat(token.find()).isTrue();

        HttpResponse<String> away = post("/bulla/connect", "connection=notes&token=" + token.group(1));
        URI consent =
                URI.create(away.headers().firstValue("Refresh").orElseThrow().replace("0; url=", ""));
        URI callback = new Browser().authorize(consent, "mia", "mia");
        HttpResponse<String> back = get(callback.getPath() + "?" + callback.getRawQuery());

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(location(back)).asString().startsWith("/bulla/result?outcome=connected");
        assertThat(get("/me").body()).contains("Mia Example");
    }

    @Test
    void strangerConnectsNothing() throws Exception {
        assertThat(post("/bulla/connect", "connection=notes").statusCode()).isEqualTo(401);
    }

    @Test
    void formOfAnotherSiteConnectsNothing() throws Exception {
        post("/", "name=bob");

        assertThat(post("/bulla/connect", "connection=notes&token=guessed").statusCode())
                .isEqualTo(403);
    }
}
