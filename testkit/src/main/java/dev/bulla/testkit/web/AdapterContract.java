package dev.bulla.testkit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.web.RawBody;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an adapter promises, against a server that runs: a subclass starts one on loopback, with the adapter before the handler, and
 * inherits the tests.
 */
public abstract class AdapterContract {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int LONGEST = WebRequest.LONGEST_RAW;

    private final AtomicReference<@Nullable WebRequest> got = new AtomicReference<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private URI base = URI.create("");

    /**
     * Starts a server whose adapter hands every request below some address to the handler.
     *
     * @return that address, without a slash at its end
     */
    protected abstract URI start(WebHandler handler) throws Exception;

    protected abstract void stop() throws Exception;

    /**
     * Whether something before the adapter has read the body, so that its bytes are lost: of a form, or of anything else.
     */
    protected boolean hasReadBefore(boolean form) {
        return false;
    }

    @BeforeEach
    final void begin() throws Exception {
        base = start(this::answer);
    }

    @AfterEach
    final void end() throws Exception {
        stop();
    }

    private WebResponse answer(WebRequest request) {
        got.set(request);
        if (request.path().endsWith("/fails")) {
            throw new IllegalArgumentException("with a secret in it");
        }
        if (request.path().endsWith("/away")) {
            return WebResponse.redirect(URI.create("https://service.example/authorize?a=1&b=%20c"))
                    .cookie("one=1; Path=/; HttpOnly")
                    .cookie("two=2; Path=/; HttpOnly");
        }
        return WebResponse.json(request.path().endsWith("/refused") ? 403 : 200, "{\"word\":\"gr\u00fc\u00df\"}");
    }

    /** The address of a path on the running server, for tests of one adapter alone. */
    protected final URI at(String path) {
        return URI.create(base + path);
    }

    /** The request as it arrived at the handler last. */
    protected final WebRequest arrived() {
        return Objects.requireNonNull(got.get(), "a request at the handler");
    }

    protected final HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(at(path)).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    @Test
    void lineHeadersAndPeerAreCarried() throws Exception {
        send(HttpRequest.newBuilder(at("/a%20b/%C3%A4%2B+?c=%C3%A4&c=+&d"))
                .header("Cookie", "login=alice; theme=dark")
                .header("X-Twice", "one")
                .header("X-Twice", "two"));
        WebRequest request = arrived();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo(base.getPath() + "/a b/\u00e4++");
        assertThat(request.query()).isEqualTo("c=%C3%A4&c=+&d");
        assertThat(request.cookies()).isEqualTo(Map.of("login", "alice", "theme", "dark"));
        assertThat(request.headers()).containsEntry("x-twice", List.of("one", "two"));
        assertThat(request.form()).isEmpty();
        assertThat(request.body()).isEmpty();
        assertThat(InetAddress.getByName(request.remote()).isLoopbackAddress()).isTrue();
    }

    @Test
    void methodsAreCarried() throws Exception {
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            assertThat(send(HttpRequest.newBuilder(at("/x"))
                                    .method(method, BodyPublishers.ofString("{}"))
                                    .header("Content-Type", "application/json"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(arrived().method()).isEqualTo(method);
            assertThat(arrived().body()).isEqualTo("{}");
        }
    }

    @Test
    void requestWithoutQueryOrBodyHasNone() throws Exception {
        send(HttpRequest.newBuilder(at("/x")).POST(BodyPublishers.noBody()));
        assertThat(arrived().query()).isEmpty();
        assertThat(arrived().body()).isEmpty();
        assertThat(arrived().form()).isEmpty();
    }

    @Test
    void formIsDecodedApartFromTheQuery() throws Exception {
        for (String type : List.of(FORM, FORM + "; charset=UTF-8", "Application/X-WWW-Form-Urlencoded;charset=utf-8")) {
            post("/x?d=query&q=1", type, "d=e+f&d=%26&%C3%A4=%E2%82%AC&empty=&bare&q=2");
            assertThat(arrived().form())
                    .as(type)
                    .isEqualTo(Map.of(
                            "d", List.of("e f", "&"),
                            "\u00e4", List.of("\u20ac"),
                            "empty", List.of(""),
                            "bare", List.of(""),
                            "q", List.of("2")));
            assertThat(arrived().query()).isEqualTo("d=query&q=1");
            assertThat(arrived().body()).isEmpty();
        }
    }

    @Test
    void otherBodiesAreText() throws Exception {
        for (String type : List.of("application/json", "application/json; charset=UTF-8", "text/plain;charset=utf-8")) {
            post("/x", type, "{\"a=b&c\":\"gr\u00fc\u00df \u20ac\"}");
            assertThat(arrived().body()).as(type).isEqualTo("{\"a=b&c\":\"gr\u00fc\u00df \u20ac\"}");
            assertThat(arrived().form()).isEmpty();
        }
    }

    @Test
    void bodiesAreBounded() throws Exception {
        for (String type : List.of(FORM, "application/json")) {
            HttpResponse<String> longer = post("/x", type, "a=" + "b".repeat(LONGEST - 1));
            assertThat(longer.statusCode()).as(type).isEqualTo(413);
            assertThat(longer.body()).contains("\"code\":\"TOO_LARGE\"");
            assertThat(post("/x", type, "a=" + "b".repeat(LONGEST - 2)).statusCode())
                    .as(type)
                    .isEqualTo(200);
        }
    }

    @Test
    void bytesOfABodyArriveAsTheyWereSent() throws Exception {
        byte[] odd = {
            '{', (byte) 0xff, (byte) 0xc3, 0, '\r', '\n', ' ', (byte) 0xef, (byte) 0xbb, (byte) 0xbf, '}', '\n'
        };
        for (String type : List.of("application/json", "text/plain; charset=ISO-8859-1", "application/octet-stream")) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/x"))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofByteArray(odd)));
            if (!hasReadBefore(false)) {
                assertThat(arrived().raw()).as(type).contains(RawBody.of(odd));
            } else if (answer.statusCode() != 400) {
                assertThat(arrived().raw()).as(type).isEmpty();
            }
        }
        for (String form : List.of("payload=%7B%22a%22%3A1%7d&b=+&b=%20&", "%61=b&c", "a=%E4")) {
            post("/x?q=1", FORM, form);
            assertThat(arrived().raw())
                    .isEqualTo(
                            hasReadBefore(true)
                                    ? Optional.empty()
                                    : Optional.of(RawBody.of(form.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void longBodiesAreWholeAndSaySo() throws Exception {
        String body = "{" + " ".repeat(LONGEST - 2) + "}";
        post("/x", "application/json", body);
        assertThat(arrived().isLong()).isTrue();
        assertThat(arrived().body()).isEqualTo(body);
        post("/x", FORM, "a=" + "b".repeat(WebRequest.LONGEST_BODY - 1));
        assertThat(arrived().isLong()).isTrue();
        post("/x", FORM, "a=" + "b".repeat(WebRequest.LONGEST_BODY - 2));
        assertThat(arrived().isLong()).isFalse();
        post("/x", "application/json", "{}");
        assertThat(arrived().isLong()).isFalse();
    }

    @Test
    void brokenFormIsRefused() throws Exception {
        assertThat(post("/x", FORM, "a=%zz").statusCode()).isEqualTo(400);
        assertThat(got.get()).isNull();
    }

    @Test
    void failureShowsNothing() throws Exception {
        HttpResponse<String> answer = post("/fails", FORM, "a=b");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"code\":\"INTERNAL_ERROR\"").doesNotContain("secret", "Exception", "<");
    }

    @Test
    void answerIsCarriedAsItIs() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/refused")));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"word\":\"gr\u00fc\u00df\"}");
        assertThat(answer.headers().allValues("Content-Type"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("application/json");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'");
    }

    @Test
    void redirectKeepsItsAddressAndEveryCookie() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/away")));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().allValues("Location"))
                .containsExactly("https://service.example/authorize?a=1&b=%20c");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .contains("one=1; Path=/; HttpOnly", "two=2; Path=/; HttpOnly");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/x")).method("HEAD", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(arrived().method()).isEqualTo("HEAD");
    }
}
