package dev.bulla.examples.plainjdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.server.Browser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlainJdkTest {
    private static final String CONNECT = "/bulla/connect";
    private static final String NOTES = "connection=notes";

    private static PlainJdk host;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        host = PlainJdk.start(0);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(host.address() + path));
    }

    private static HttpRequest.Builder alice(String path) {
        return at(path).header(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString("alice:alice".getBytes()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder form(HttpRequest.Builder request, String from) {
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", from)
                .POST(BodyPublishers.ofString(NOTES));
    }

    @Test
    void memberConnectsAndCalls() throws Exception {
        assertThat(send(alice("/me")).body()).contains("NOT_CONNECTED");

        HttpResponse<String> away = send(form(alice(CONNECT), "same-origin"));
        URI consent =
                URI.create(away.headers().firstValue("Refresh").orElseThrow().replace("0; url=", ""));
        String cookie = away.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

        URI callback = new Browser().authorize(consent, "mia", "mia");
        HttpResponse<String> back =
                send(alice(callback.getPath() + "?" + callback.getRawQuery()).header("Cookie", cookie));

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location").orElseThrow()).startsWith("/bulla/result?outcome=connected");
        assertThat(send(alice("/me")).body()).contains("Mia Example");
    }

    @Test
    void strangerIsAskedToLogIn() throws Exception {
        for (HttpResponse<String> answer :
                new HttpResponse[] {send(at("/me")), send(at("/bulla/")), send(form(at(CONNECT), "same-origin"))}) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void serviceIsNotAskedToLogIn() throws Exception {
        HttpResponse<String> answer = send(at("/bulla/hooks/unknown").POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @Test
    void pageOfAnotherSiteConnectsNothing() throws Exception {
        assertThat(send(form(alice(CONNECT), "cross-site")).statusCode()).isEqualTo(403);
    }
}
