package dev.bulla.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BoundsTest {
    private static final HttpSettings PATIENT = HttpSettings.standard();
    /** Where the end of patience is what a test waits for. */
    private static final HttpSettings QUICK = new HttpSettings(
            null,
            List.of(),
            Duration.ofSeconds(2),
            Duration.ofMillis(700),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(40),
            List.of());

    private static String send(Purpose purpose, RawServer.Behaviour behaviour) {
        return send(PATIENT, purpose, behaviour);
    }

    private static String send(HttpSettings settings, Purpose purpose, RawServer.Behaviour behaviour) {
        try (RawServer server = RawServer.start(behaviour);
                HardenedHttp http = HardenedHttp.create(settings.reaching(server.address()))) {
            try {
                return Integer.toString(
                        http.send(HttpCall.of(purpose, "POST", URI.create(server.url("/")), new byte[1]))
                                .body()
                                .length);
            } catch (ProviderException e) {
                assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
                assertThat(e).hasNoCause();
                return e.error();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TOKEN,262144", "METADATA,524288", "API,10485760"})
    void aBodyHasItsLimit(Purpose purpose, int limit) throws IOException {
        assertThat(send(purpose, RawServer.closing(RawServer.answer("200 OK", "", new byte[limit]))))
                .isEqualTo(Integer.toString(limit));
        assertThat(send(purpose, RawServer.closing(RawServer.answer("200 OK", "", new byte[limit + 1]))))
                .isEqualTo("answer_too_large");
    }

    @Test
    void aBodyIsCountedAsItComesOutOfDecompression() throws IOException {
        byte[] bomb = gzip(new byte[64 << 20]);
        assertThat(bomb.length).isLessThan(256 << 10);
        assertThat(send(
                        Purpose.TOKEN,
                        RawServer.closing(RawServer.answer("200 OK", "Content-Encoding: gzip\r\n", bomb))))
                .isEqualTo("answer_too_large");
        assertThat(send(
                        Purpose.TOKEN,
                        RawServer.closing(RawServer.answer(
                                "200 OK", "Content-Encoding: gzip\r\n", gzip("{}".getBytes(US_ASCII))))))
                .isEqualTo("2");
    }

    @Test
    void anEncodingThatWasNotAskedForIsRefused() {
        for (String encoding : List.of("br", "deflate", "gzip, gzip", "zstd")) {
            assertThat(send(
                            Purpose.TOKEN,
                            RawServer.closing(
                                    RawServer.answer("200 OK", "Content-Encoding: " + encoding + "\r\n", new byte[9]))))
                    .isEqualTo("answer_refused");
        }
    }

    @Test
    void aBodyWithoutEndIsCut() {
        assertThat(send(Purpose.TOKEN, (request, out, socket) -> {
                    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
                    while (true) {
                        out.write("400\r\n".getBytes(US_ASCII));
                        out.write(new byte[1024]);
                        out.write("\r\n".getBytes(US_ASCII));
                    }
                }))
                .isEqualTo("answer_too_large");
    }

    @Test
    void aSlowBodyEndsWithTheCall() {
        assertThat(send(QUICK, Purpose.TOKEN, (request, out, socket) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(US_ASCII));
                    dripping(out);
                }))
                .isEqualTo("no_answer");
    }

    @Test
    void slowHeadersEndWithTheCall() {
        assertThat(send(QUICK, Purpose.TOKEN, (request, out, socket) -> {
                    out.write("HTTP/1.1 200 OK\r\nX-A: ".getBytes(US_ASCII));
                    dripping(out);
                }))
                .isEqualTo("no_answer");
    }

    /** Faster than the time between two bytes, slower than the time of the call. */
    private static void dripping(OutputStream out) throws IOException {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(100);
                out.write('x');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void headersHaveTheirLimit() {
        for (int size : new int[] {20 << 10, 300 << 10}) {
            String header = "X-Long: " + "a".repeat(size) + "\r\n";
            assertThat(send(Purpose.TOKEN, RawServer.closing(RawServer.answer("200 OK", header, new byte[2]))))
                    .isIn("answer_too_large", "no_answer");
        }
        assertThat(send(
                        Purpose.TOKEN,
                        RawServer.closing(
                                RawServer.answer("200 OK", "X-Long: " + "a".repeat(8_000) + "\r\n", new byte[2]))))
                .isEqualTo("2");
    }

    @Test
    void informationIsNoAnswer() {
        assertThat(send(Purpose.TOKEN, RawServer.closing("HTTP/1.1 101 Switch\r\n\r\n".getBytes(US_ASCII))))
                .isIn("answer_refused", "no_answer");
    }

    /** Answers once it is told to. */
    private static final class Thoughtful {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch thinking = new CountDownLatch(1);

        void serve(RawServer.Request request, OutputStream out, Socket socket) throws IOException {
            asked.countDown();
            try {
                thinking.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.write(RawServer.answer("200 OK", "", new byte[2]));
        }

        /** Asks and goes on once that has arrived. */
        CompletableFuture<String> begin(HttpSettings settings, Purpose purpose) throws InterruptedException {
            CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> send(settings, purpose, this::serve));
            asked.await();
            return call;
        }

        String end(CompletableFuture<String> call) {
            thinking.countDown();
            return call.join();
        }
    }

    @Test
    void callOfAnApiMayTakeLongerThanOneForAToken() throws InterruptedException {
        Thoughtful server = new Thoughtful();
        CompletableFuture<String> api = server.begin(QUICK, Purpose.API);
        assertThat(send(QUICK, Purpose.TOKEN, (request, out, socket) -> dripping(out)))
                .isEqualTo("no_answer");
        assertThat(server.end(api)).isEqualTo("2");
    }

    @Test
    void callOfAnApiHasAnEndOfItsOwn() throws InterruptedException {
        HttpSettings hasty = PATIENT.apiWithin(Duration.ofMillis(100));
        Thoughtful server = new Thoughtful();
        CompletableFuture<String> token = server.begin(hasty, Purpose.TOKEN);
        assertThat(send(hasty, Purpose.API, (request, out, socket) -> dripping(out)))
                .isEqualTo("timeout");
        assertThat(token).isNotDone();
        assertThat(server.end(token)).isEqualTo("2");
        assertThat(PATIENT.api()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void timeoutsHaveLimitsToo() {
        for (Duration call : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(16))) {
            assertThat(catchThrowableOfType(
                            IllegalArgumentException.class,
                            () -> new HttpSettings(
                                    null,
                                    List.of(),
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(1),
                                    call,
                                    Duration.ofSeconds(1),
                                    List.of())))
                    .isNotNull();
        }
        for (Duration api : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMinutes(11))) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> PATIENT.apiWithin(api)))
                    .isNotNull();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
