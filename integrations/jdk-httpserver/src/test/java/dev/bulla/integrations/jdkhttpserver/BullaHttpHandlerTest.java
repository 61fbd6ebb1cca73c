package dev.bulla.integrations.jdkhttpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BullaHttpHandlerTest {
    private HttpServer server;

    private static WebResponse answer(WebRequest request) {
        if (request.path().endsWith("/fails")) {
            throw new IllegalArgumentException("with a secret in it");
        }
        return WebResponse.html(
                        200,
                        request.method() + " " + request.path() + " " + request.query() + " " + request.form() + " "
                                + request.cookies())
                .cookie("one=1")
                .cookie("two=2");
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", BullaHttpHandler.of(BullaHttpHandlerTest::answer));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpResponse<String> send(String path, String form) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.getAddress().getPort() + path))
                .header("Cookie", "login=alice; theme=dark");
        if (!form.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void requestsAndAnswersAreCarried() throws Exception {
        HttpResponse<String> got = send("/a%20b?c=%C3%A4", "d=e+f&d=%26");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("POST /a b c=%C3%A4 {d=[e f, &]} {login=alice, theme=dark}");
        assertThat(got.headers().allValues("Set-Cookie")).containsExactly("one=1", "two=2");
        assertThat(got.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void bodiesAreBounded() throws Exception {
        assertThat(send("/", "a=" + "b".repeat(64 * 1024)).statusCode()).isEqualTo(413);
        assertThat(send("/", "a=" + "b".repeat(64 * 1024 - 2)).statusCode()).isEqualTo(200);
    }

    @Test
    void brokenFormsAreRefused() throws Exception {
        assertThat(send("/", "a=%zz").statusCode()).isEqualTo(400);
    }

    @Test
    void failuresShowNothing() throws Exception {
        HttpResponse<String> got = send("/fails", "");
        assertThat(got.statusCode()).isEqualTo(500);
        assertThat(got.body()).isEqualTo("{\"code\":\"INTERNAL_ERROR\"}");
    }
}
