package dev.bulla.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {
    private final RawServer server =
            RawServer.start((request, out, socket) -> out.write(RawServer.json("200 OK", "{}")));
    private final HardenedHttp http =
            HardenedHttp.create(HttpSettings.standard().reaching(server.address()));

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private HttpCall call(String method, String body) {
        return HttpCall.of(
                Purpose.API,
                method,
                URI.create(server.url("/v1/it%20em?q=a%2Fb")),
                body == null ? null : body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"GET,", "DELETE,", "DELETE,{}", "PATCH,{}", "PUT,{}", "POST,{}", "OPTIONS,"})
    void everyMethodGoesAsItIs(String method, String body) {
        http.send(call(method, body).header("Content-Type", "application/merge-patch+json"));

        RawServer.Request request = server.requests().get(0);
        assertThat(request.line()).isEqualTo(method + " /v1/it%20em?q=a%2Fb HTTP/1.1");
        assertThat(request.body()).isEqualTo(body == null ? "" : body);
        assertThat(request.headers()).containsEntry("content-type", "application/merge-patch+json");
        assertThat(request.headers()).containsEntry("user-agent", "bulla");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void aMethodThatNeedsABodyHasAnEmptyOne(String method) {
        http.send(call(method, null));

        assertThat(server.requests().get(0).headers()).containsEntry("content-length", "0");
    }

    @Test
    void headHasNoBodyWhateverItsLength() {
        try (RawServer large = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n");
                HardenedHttp http = HardenedHttp.create(HttpSettings.standard().reaching(large.address()))) {
            assertThat(http.send(HttpCall.of(Purpose.API, "HEAD", URI.create(large.url("/")), null))
                            .body())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary\r\nX-Evil: 1", "canary\n", "canaryé", "canary\0", "canary\u007f"})
    void aHeaderValueThatCanNotBeSentIsRefusedWithoutShowingIt(String value) {
        for (String name : List.of("Authorization", "X-Api-Key", "PRIVATE-TOKEN")) {
            assertThatThrownBy(() -> http.send(call("GET", null).header(name, value)))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                    .hasNoCause()
                    .message()
                    .doesNotContain("canary");
        }
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "Accept-Encoding",
                "Proxy-Authorization",
                "bad name",
                ""
            })
    void someHeadersAreNotForCallers(String name) {
        assertThatThrownBy(() -> http.send(call("GET", null).header(name, "x")))
                .isInstanceOfSatisfying(BullaException.class, OutgoingTest::isTheCallersMistake);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "get", "A B", ""})
    void someMethodsAreNotForCallers(String method) {
        assertThatThrownBy(() -> http.send(call(method, null)))
                .isInstanceOfSatisfying(BullaException.class, OutgoingTest::isTheCallersMistake);
        assertThatThrownBy(() -> http.send(call("GET", "body")))
                .isInstanceOfSatisfying(BullaException.class, OutgoingTest::isTheCallersMistake);
    }

    private static void isTheCallersMistake(BullaException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void aClosedClientSendsNothing() {
        http.close();
        assertThatThrownBy(() -> http.send(call("GET", null)))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOSED));
    }

    @Test
    void theLogNamesMethodHostPathStatusAndTimeAndNothingElse() {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(HardenedHttp.class.getName());
        Level before = logger.getLevel();
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
        try {
            http.send(call("POST", "canary-body").header("Authorization", "Bearer canary-token"));
            http.send(call("GET", null).withSecretPath());
        } finally {
            logger.setLevel(before);
            logger.removeHandler(handler);
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("POST 127\\.0\\.0\\.1/v1/it%20em 200 [0-9]+ ms");
        assertThat(lines.get(1)).matches("GET 127\\.0\\.0\\.1/\\[redacted] 200 [0-9]+ ms");
    }
}
