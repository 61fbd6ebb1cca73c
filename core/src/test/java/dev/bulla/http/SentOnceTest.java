package dev.bulla.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, a request leaves once. */
class SentOnceTest {
    /** For a server that keeps silent, and only then: an answer that a slow machine is late with must not be missed. */
    private static final HttpSettings QUICK = new HttpSettings(
            null,
            List.of(),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            List.of());

    private static final HttpSettings PATIENT = HttpSettings.standard();

    private static HttpCall call(Purpose purpose, String method, String url) {
        return HttpCall.of(purpose, method, URI.create(url), method.equals("GET") ? null : "a=b".getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "408 Request Timeout\r\n",
                "503 Service Unavailable\r\nRetry-After: 0\r\n",
                "421 Misdirected Request\r\n",
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\n",
                "425 Too Early\r\n",
                "500 Oops\r\n"
            })
    void aRefusalIsReturnedAndNotRepeated(String statusAndHeaders) {
        for (Purpose purpose : Purpose.values()) {
            for (String method : List.of("POST", "GET")) {
                try (RawServer server = RawServer.saying("HTTP/1.1 " + statusAndHeaders + "Content-Length: 0\r\n\r\n");
                        HardenedHttp http = HardenedHttp.create(PATIENT.reaching(server.address()))) {
                    var answer = http.send(call(purpose, method, server.url("/token")));

                    assertThat(answer.status()).isEqualTo(Integer.parseInt(statusAndHeaders.substring(0, 3)));
                    assertThat(server.requests()).as(purpose + " " + method).hasSize(1);
                    if (statusAndHeaders.contains("Retry-After")) {
                        assertThat(answer.header("retry-after")).contains("0");
                    }
                }
            }
        }
    }

    /** Several guards stand behind each other; this one alone shows in no answer of a server while the others hold. */
    @Test
    void bodiesAreOneShot() {
        assertThat(new OneShotBody(new byte[1]).isOneShot()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsReturnedAndNotFollowed(int status) {
        RawServer.Behaviour nowhere = (request, out, socket) -> {};
        try (RawServer other = RawServer.start(nowhere);
                RawServer server = RawServer.start((request, out, socket) -> out.write(
                        RawServer.answer(status + " Elsewhere", "Location: " + other.url("/") + "\r\n", new byte[0])));
                HardenedHttp http =
                        HardenedHttp.create(PATIENT.reaching(server.address()).reaching(other.address()))) {
            for (Purpose purpose : Purpose.values()) {
                assertThat(http.send(call(purpose, "POST", server.url("/"))).status())
                        .isEqualTo(status);
                assertThat(http.send(call(purpose, "GET", server.url("/"))).status())
                        .isEqualTo(status);
            }
            assertThat(server.requests()).hasSize(6);
            assertThat(other.connections()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void aConnectionThatDiesAfterTheRequestLeavesTheOutcomeUnknown(Purpose purpose) {
        for (String method : List.of("POST", "GET")) {
            for (String answer : List.of(
                    "", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\"", "HTTP/1.1 2", "rubbish\r\n\r\n")) {
                try (RawServer server = RawServer.saying(answer);
                        HardenedHttp http = HardenedHttp.create(PATIENT.reaching(server.address()))) {
                    assertUnknown(http, call(purpose, method, server.url("/token")), "no_answer");
                    assertThat(server.requests()).as(answer).hasSize(1);
                }
            }
        }
    }

    @Test
    void silenceLeavesTheOutcomeUnknown() {
        try (RawServer server = RawServer.start((request, out, socket) -> {});
                HardenedHttp http = HardenedHttp.create(QUICK.reaching(server.address()))) {
            assertUnknown(http, call(Purpose.TOKEN, "POST", server.url("/token")), "no_answer");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void tokenCallsNeverMeetAnIdleConnectionThatWasClosed() {
        RawServer.Behaviour keeping = (request, out, socket) -> out.write(RawServer.json("200 OK", "{}"));
        try (RawServer server = RawServer.start(keeping);
                HardenedHttp http = HardenedHttp.create(PATIENT.reaching(server.address()))) {
            for (int i = 0; i < 5; i++) {
                http.send(call(Purpose.TOKEN, "POST", server.url("/token")));
                http.send(call(Purpose.METADATA, "GET", server.url("/keys")));
            }
            assertThat(server.connections()).isEqualTo(10);

            for (int i = 0; i < 5; i++) {
                http.send(call(Purpose.API, "GET", server.url("/user")));
            }
            assertThat(server.connections()).isEqualTo(11);
        }
    }

    @Test
    void aKeptConnectionThatWasClosedIsNotUsed() throws InterruptedException {
        Semaphore closed = new Semaphore(0);
        RawServer.Behaviour closing = (request, out, socket) -> {
            RawServer.closing(RawServer.json("200 OK", "{}")).serve(request, out, socket);
            closed.release();
        };
        try (RawServer server = RawServer.start(closing);
                HardenedHttp http = HardenedHttp.create(PATIENT.reaching(server.address()))) {
            for (int i = 0; i < 20; i++) {
                for (String method : List.of("GET", "POST")) {
                    assertThat(http.send(call(Purpose.API, method, server.url("/user")))
                                    .status())
                            .isEqualTo(200);
                    closed.acquire();
                }
            }
            assertThat(server.requests()).hasSize(40);
        }
    }

    @Test
    void whatWasNotSentIsTransient() throws Exception {
        RawServer gone = RawServer.saying("");
        gone.close();
        try (HardenedHttp http = HardenedHttp.create(PATIENT.reaching(gone.address()))) {
            var refused = catchThrowableOfType(
                    ProviderException.class, () -> http.send(call(Purpose.TOKEN, "POST", gone.url("/token"))));
            assertThat(refused.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(refused.error()).isEqualTo("unreachable");

            var unknown = catchThrowableOfType(
                    ProviderException.class,
                    () -> http.send(call(Purpose.TOKEN, "POST", "https://nowhere.invalid/token")));
            assertThat(unknown.kind()).isEqualTo(Kind.TRANSIENT);
        }
    }

    @Test
    void nobodyToTalkToAfterTheHandshakeOfTcpIsUnknownOnlyOnceBytesLeft() throws Exception {
        try (RawServer server = RawServer.saying("not TLS at all\r\n\r\n");
                HardenedHttp http = HardenedHttp.create(QUICK.reaching(server.address()))) {
            var failure = catchThrowableOfType(
                    ProviderException.class,
                    () -> http.send(call(Purpose.TOKEN, "POST", "https://" + server.address() + "/token")));
            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        }
    }

    private static void assertUnknown(HardenedHttp http, HttpCall call, String error) {
        var failure = catchThrowableOfType(ProviderException.class, () -> http.send(call));
        assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(failure.error()).isEqualTo(error);
        assertThat(failure).hasNoCause();
    }
}
