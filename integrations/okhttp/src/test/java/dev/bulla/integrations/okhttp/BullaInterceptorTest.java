package dev.bulla.integrations.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.error.Actor;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpCall;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real library and a real OkHttp client, with a service in memory; nothing goes over a network. */
class BullaInterceptorTest {
    private static final String REPOSITORIES = "https://api.github.com/user/repos?per_page=5&q=a%20b";

    private final FakeService github = FakeService.speaking(GitHub.create());
    private final TestBulla world = TestBulla.inMemory(github);
    private final OkHttpClient plain = new OkHttpClient();
    private final List<Session> sessions = new ArrayList<>();

    BullaInterceptorTest() {
        world.connect("acme", "alice", "github");
    }

    @AfterEach
    void close() {
        sessions.forEach(Session::close);
        world.close();
        plain.dispatcher().executorService().shutdown();
    }

    private Session session(String member) {
        Session session = world.bulla().tenant("acme").member(member).session();
        sessions.add(session);
        return session;
    }

    private OkHttpClient client(BullaInterceptor interceptor) {
        return plain.newBuilder().addInterceptor(interceptor).build();
    }

    private OkHttpClient as(String member) {
        return client(BullaInterceptor.of(session(member), "github"));
    }

    private static Request.Builder repositories() {
        return new Request.Builder().url(REPOSITORIES);
    }

    private HttpCall last() {
        return github.calls().get(github.calls().size() - 1);
    }

    private static BullaCallFailed failure(OkHttpClient client, Request request) {
        AtomicReference<BullaCallFailed> seen = new AtomicReference<>();
        assertThatThrownBy(() -> client.newCall(request).execute().close())
                .isInstanceOfSatisfying(BullaCallFailed.class, seen::set);
        return seen.get();
    }

    private static ErrorCode code(OkHttpClient client, Request request) {
        return failure(client, request).failure().code();
    }

    @Test
    void requestGoesOutAsTheMember() throws IOException {
        RequestBody body = RequestBody.create("{\"a\":1}", MediaType.parse("application/json"));
        Request request = repositories().patch(body).header("Accept", "a/b").build();

        try (Response answer = as("alice").newCall(request).execute()) {
            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.body().string()).isEqualTo("{}");
            assertThat(answer.request()).isSameAs(request);
        }
        assertThat(last().method()).isEqualTo("PATCH");
        assertThat(last().uri()).hasToString(REPOSITORIES);
        assertThat(last().headers())
                .containsEntry("Accept", "a/b")
                .containsEntry("Content-Type", "application/json; charset=utf-8");
        assertThat(last().headers().get("Authorization")).startsWith("Bearer ");
        assertThat(last().body()).asString().isEqualTo("{\"a\":1}");
    }

    @Test
    void hundredCallsThatMeetOneEndedTokenRefreshOnce() {
        github.service().endAccess("alice");
        OkHttpClient client = as("alice");
        client.dispatcher().setMaxRequestsPerHost(100);
        client.dispatcher().setMaxRequests(100);

        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(enqueued(client, repositories().build()));
        }

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(200));
        assertThat(github.journal().tokenRequests().stream()
                        .filter(token -> token.grantType().equals("refresh_token")))
                .hasSize(1);
    }

    private static CompletableFuture<Integer> enqueued(OkHttpClient client, Request request) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                status.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call call, Response answer) {
                answer.close();
                status.complete(answer.code());
            }
        });
        return status;
    }

    @Test
    void enqueuedCallIsToldWhoMustAct() {
        CompletableFuture<Integer> call = enqueued(as("bob"), repositories().build());

        assertThat(call.handle((status, e) -> e).join()).isInstanceOfSatisfying(BullaCallFailed.class, e -> {
            assertThat(e.failure()).isInstanceOf(CredentialUnavailable.class);
            assertThat(e.failure().code()).isEqualTo(ErrorCode.NOT_CONNECTED);
            assertThat(e.failure().actor()).isEqualTo(Actor.MEMBER);
            assertThat(e).hasMessage(e.failure().getMessage());
        });
    }

    @Test
    void otherHostsGetNothing() {
        int before = github.calls().size();

        assertThat(code(
                        as("alice"),
                        new Request.Builder().url("https://evil.example/").build()))
                .isEqualTo(ErrorCode.HOST_NOT_ALLOWED);
        assertThat(github.calls()).hasSize(before);
    }

    @Test
    void somebodyElsesCredentialIsRefused() {
        BullaCallFailed failed = failure(
                as("alice"),
                repositories().header("authorization", "Bearer canary").build());

        assertThat(failed.failure().code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(failed)
                .hasMessageContaining("Authorization header of its own")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void credentialThatCodeInsistsOnIsReplaced() throws IOException {
        OkHttpClient client =
                client(BullaInterceptor.of(session("alice"), "github").replacing("Authorization"));

        client.newCall(repositories().header("authorization", "token canary").build())
                .execute()
                .close();

        assertThat(last().headers().toString()).doesNotContain("canary");
        assertThat(last().headers().get("Authorization")).startsWith("Bearer ");
    }

    @Test
    void sessionMayComeWithTheRequest() throws IOException {
        OkHttpClient client = client(BullaInterceptor.of(request -> request.tag(Session.class), "github"));
        Request nobody = repositories().build();
        Request alice = repositories().tag(Session.class, session("alice")).build();

        client.newCall(alice).execute().close();
        assertThat(last().uri()).hasToString(REPOSITORIES);
        assertThat(code(client, nobody)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void labelAndTokenSetChooseAmongSeveral() {
        BullaInterceptor interceptor = BullaInterceptor.of(session("alice"), "github");

        assertThat(code(client(interceptor.label("work")), repositories().build()))
                .isEqualTo(ErrorCode.NOT_CONNECTED);
        assertThat(failure(client(interceptor.as("bot")), repositories().build()))
                .hasMessageContaining("no token set");
    }

    @Test
    void headersOfTheConnectionAreTheSessions() throws IOException {
        as("alice")
                .newCall(repositories()
                        .header("Accept-Encoding", "br")
                        .header("Connection", "close")
                        .header("Host", "evil.example")
                        .header("Content-Length", "7")
                        .addHeader("X-Many", "a")
                        .addHeader("X-Many", "b")
                        .build())
                .execute()
                .close();

        assertThat(last().headers())
                .doesNotContainKeys("Accept-Encoding", "Connection", "Host", "Content-Length")
                .containsEntry("X-Many", "a, b");
    }

    @Test
    void bodyOfUnknownLengthIsWrittenOnce() throws IOException {
        github.service().endAccess("alice");
        Streamed body = new Streamed(3, false);

        as("alice").newCall(repositories().post(body).build()).execute().close();

        assertThat(last().body()).hasSize(3);
        assertThat(last().headers()).containsEntry("Content-Type", "application/octet-stream");
        assertThat(body.written).isEqualTo(1);
    }

    @Test
    void bodyIsNotKeptWithoutBounds() {
        OkHttpClient client = as("alice");
        RequestBody declared = RequestBody.create(new byte[Requests.MOST_BYTES + 1]);

        assertThat(code(client, repositories().post(declared).build())).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(code(
                        client,
                        repositories()
                                .post(new Streamed(Requests.MOST_BYTES + 1, false))
                                .build()))
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(code(client, repositories().post(new Streamed(1, true)).build()))
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void emptyBodyWithoutTypeStaysWithoutType() throws IOException {
        as("alice")
                .newCall(repositories().post(RequestBody.create(new byte[0])).build())
                .execute()
                .close();

        assertThat(last().headers()).doesNotContainKey("Content-Type");
    }

    @Test
    void cancelledCallSendsNothing() {
        int before = github.calls().size();
        Call call = as("alice").newCall(repositories().build());
        call.cancel();

        assertThatThrownBy(call::execute).isInstanceOf(IOException.class).hasMessage("Canceled");
        assertThat(github.calls()).hasSize(before);
    }

    @Test
    void closedSessionIsSaid() {
        Session session = session("alice");
        session.close();

        assertThat(code(
                        client(BullaInterceptor.of(session, "github")),
                        repositories().build()))
                .isEqualTo(ErrorCode.SESSION_CLOSED);
    }

    private static final class Streamed extends RequestBody {
        private final int size;
        private final boolean duplex;
        private int written;

        Streamed(int size, boolean duplex) {
            this.size = size;
            this.duplex = duplex;
        }

        @Override
        public MediaType contentType() {
            return null;
        }

        @Override
        public boolean isDuplex() {
            return duplex;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            written++;
            sink.write("x".repeat(size).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
