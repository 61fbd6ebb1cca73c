package dev.bulla.integrations.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.store.InMemoryStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests and answers on the way to a server. */
class OverTheWireTest {
    private final MockWebServer server = new MockWebServer();
    private Bulla bulla;
    private Session session;
    private OkHttpClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        String address = server.getHostName() + ":" + server.getPort();
        KeyForm form = new KeyForm(
                List.of(Field.secret("key", "Key", "anywhere")),
                "key",
                (values, call) -> new KeyForm.Verification(false, Identity.of("1", "Mia"), List.of()));
        bulla = Bulla.builder()
                .store(InMemoryStore.create())
                .baseline(Baseline.open())
                .hostKeys(HostKeyring.ephemeral())
                .baseUri("https://host.test/bulla")
                .returnTo("https://host.test/")
                .providers(Provider.builder("notes", "Notes")
                        .form(form)
                        .api(ApiAccess.bearer("http://" + address))
                        .build())
                .http(HttpSettings.standard().reaching(address))
                .build();
        bulla.tenant("acme").connections().create("notes", "notes");
        Member alice = bulla.tenant("acme").member("alice");
        alice.submit("notes", Map.of("key", "the-key-of-alice"));
        session = alice.session();
        client = new OkHttpClient.Builder()
                .addInterceptor(BullaInterceptor.of(session, "notes"))
                .build();
    }

    @AfterEach
    void stop() {
        session.close();
        bulla.close();
        server.close();
    }

    private Request.Builder request() {
        return new Request.Builder().url(server.url("/a?b=c|d"));
    }

    private static MockResponse.Builder ok() {
        return new MockResponse.Builder().code(200);
    }

    @Test
    void bytesGoThereAndBackAsTheyAre() throws Exception {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        server.enqueue(ok().setHeader("Content-Type", "image/png")
                .body(new Buffer().write(bytes))
                .build());
        RequestBody body = RequestBody.create(bytes, MediaType.parse("image/png"));

        try (Response answer = client.newCall(request().put(body).build()).execute()) {
            assertThat(answer.body().bytes()).isEqualTo(bytes);
            assertThat(answer.body().contentType()).hasToString("image/png");
            assertThat(answer.protocol()).isEqualTo(Protocol.HTTP_1_1);
            assertThat(answer.receivedResponseAtMillis()).isGreaterThanOrEqualTo(answer.sentRequestAtMillis());
        }
        RecordedRequest arrived = server.takeRequest();
        assertThat(arrived.getMethod()).isEqualTo("PUT");
        assertThat(arrived.getTarget()).isEqualTo("/a?b=c%7Cd");
        assertThat(arrived.getHeaders().get("Content-Type")).isEqualTo("image/png");
        assertThat(arrived.getHeaders().get("Authorization")).isEqualTo("Bearer the-key-of-alice");
        assertThat(arrived.getBody().toByteArray()).isEqualTo(bytes);
    }

    @Test
    void packedAnswerComesUnpacked() throws IOException {
        Buffer packed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(packed))) {
            sink.writeUtf8("clay");
        }
        server.enqueue(ok().setHeader("Content-Encoding", "gzip").body(packed).build());

        try (Response answer = client.newCall(
                        request().header("Accept-Encoding", "gzip").build())
                .execute()) {
            assertThat(answer.header("Content-Encoding")).isNull();
            assertThat(answer.body().string()).isEqualTo("clay");
        }
    }

    @Test
    void headersComeAllOfThem() throws IOException {
        server.enqueue(ok().addHeader("Set-Cookie", "a=1")
                .addHeader("Set-Cookie", "b=2")
                .addHeaderLenient("X-Name", "Zoë")
                .addHeaderLenient("X Odd", "1")
                .build());

        try (Response answer = client.newCall(request().build()).execute()) {
            assertThat(answer.headers("set-cookie")).containsExactly("a=1", "b=2");
            assertThat(answer.header("X-Name")).startsWith("Zo");
            assertThat(answer.headers().names()).doesNotContain("x odd", "X Odd");
        }
    }

    @Test
    void redirectsBusyAnswersAndRefusalsAreAnswers() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", "/elsewhere")
                .build());
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .setHeader("Retry-After", "0")
                .build());
        server.enqueue(new MockResponse.Builder().code(401).body("no").build());

        for (int status : List.of(302, 503, 401)) {
            try (Response answer = client.newCall(request().build()).execute()) {
                assertThat(answer.code()).isEqualTo(status);
                assertThat(answer.priorResponse()).isNull();
            }
        }
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void headHasNoBody() throws IOException {
        server.enqueue(ok().setHeader("Content-Length", "1234").build());

        try (Response answer = client.newCall(request().head().build()).execute()) {
            assertThat(answer.header("Content-Length")).isEqualTo("1234");
            assertThat(answer.body().bytes()).isEmpty();
        }
    }

    @Test
    void asANetworkInterceptorItSendsNothing() {
        OkHttpClient wrong = new OkHttpClient.Builder()
                .addNetworkInterceptor(BullaInterceptor.of(session, "notes"))
                .build();

        assertThatThrownBy(() -> wrong.newCall(request().build()).execute())
                .isInstanceOfSatisfying(
                        BullaCallFailed.class,
                        e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.SETUP));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void webSocketIsRefused() {
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        client.newWebSocket(request().build(), new WebSocketListener() {
            @Override
            public void onFailure(WebSocket socket, Throwable t, Response answer) {
                failed.complete(t);
            }
        });

        assertThat(failed.join())
                .isInstanceOfSatisfying(
                        BullaCallFailed.class,
                        e -> assertThat(e.failure().code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void serverThatIsAwayIsSaid() {
        server.close();

        assertThatThrownBy(() -> client.newCall(request().build()).execute())
                .isInstanceOfSatisfying(BullaCallFailed.class, e -> {
                    assertThat(e.failure().isRetryable()).isTrue();
                    assertThat(e).message().doesNotContain("b=c");
                });
    }
}
