package dev.bulla.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.server.Browser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The example, as its README tells it. */
class NotesApplicationTest {
    private static final String BASE = "http://localhost:1";

    /** The address is written down before the port is known: what leads there goes to the port. */
    private final ConfigurableApplicationContext application =
            SpringApplication.run(NotesApplication.class, "--server.port=0", "--bulla.base-uri=" + BASE + "/bulla");

    private final URI host =
            URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + "/");
    private final HttpClient browser = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        application.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
        HttpResponse<String> answer =
                browser.send(request.header("Accept", "text/html, */*").build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return answer.statusCode() / 100 == 3
                ? get(answer.headers().firstValue("Location").orElseThrow().replaceFirst(BASE, ""))
                : answer;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(host.resolve(path)));
    }

    private Document page(String path) throws Exception {
        return Jsoup.parse(get(path).body(), host.toString());
    }

    private Document submit(Element form, String... more) throws Exception {
        List<String> fields = new ArrayList<>();
        form.select("input[type=hidden]").forEach(field -> fields.add(pair(field.attr("name"), field.val())));
        for (int i = 0; i < more.length; i += 2) {
            fields.add(pair(more[i], more[i + 1]));
        }
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", fields))));
        return Jsoup.parse(answer.body(), host.toString());
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Test
    void aliceConnectsAndIsKnown() throws Exception {
        submit(page("/login").selectFirst("form"), "username", "alice", "password", "alice");
        assertThat(get("/me").statusCode()).isEqualTo(409);

        Document leaving = submit(page("/bulla/").selectFirst("main form[method=post]"));
        URI consent =
                URI.create(leaving.selectFirst("main a[href^=http://127.0.0.1]").attr("href"));
        String callback = new Browser().authorize(consent, "mia", "mia").toString();
        assertThat(callback).startsWith(BASE);
        Document result = page(callback.substring(BASE.length()));
        assertThat(result.selectFirst("main").text()).contains("Mia Example");

        assertThat(get("/me").body()).contains("Mia Example");
        assertThat(get("/actuator/health").body()).contains("UP");
    }
}
