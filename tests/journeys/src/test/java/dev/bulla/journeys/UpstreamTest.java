package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.bulla.ApiRequest;
import dev.bulla.ApiResponse;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.CallFailed;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Json;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.testkit.store.InMemoryStore;
import dev.bulla.tool.AnswerKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service says is told apart from what is refused here, and from no answer at all. */
class UpstreamTest {
    private final Booth booth = new Booth();
    private Bulla node;
    private Session alice;

    @BeforeEach
    void start() {
        node = booth.node();
        Booth.connection(node, "notes");
        Booth.connect(node, "notes", "alice");
        alice = Booth.member(node, "alice").session();
    }

    @AfterEach
    void close() {
        booth.close();
    }

    @ParameterizedTest
    @CsvSource({
        "200, DONE",
        "204, DONE",
        "304, DONE",
        "302, ELSEWHERE",
        "401, UNAUTHORIZED",
        "403, FORBIDDEN",
        "404, REFUSED",
        "422, REFUSED",
        "429, THROTTLED",
        "500, FAILED",
        "503, FAILED"
    })
    void answersAreToldApart(int status, AnswerKind kind) {
        booth.answers(call -> Booth.answer(status));
        assertThat(alice.call("notes", ApiRequest.get("/me")).kind()).isEqualTo(kind);
        assertThat(alice.call("notes", ApiRequest.post("/me", "{}")).status()).isEqualTo(status);
    }

    @Test
    void readerOfAnswersThatFailsTakesNoneAway() {
        assertThat(kind("/me", new AnswerReader() {
                    @Override
                    public AnswerKind read(String path, Json answer) {
                        throw new IllegalStateException("secret words");
                    }
                }))
                .isEqualTo(AnswerKind.DONE);
        assertThat(booth.sent).hasSize(1);
    }

    @Test
    void answersAreReadWhereTheReaderLooks() {
        AnswerReader reader = new AnswerReader() {
            @Override
            public AnswerKind read(String path, Json answer) {
                return AnswerKind.REFUSED;
            }

            @Override
            public boolean reads(String path) {
                return path.equals("/graphql");
            }
        };
        assertThat(kind("/me", reader)).isEqualTo(AnswerKind.DONE);
        assertThat(kind("/graphql", reader)).isEqualTo(AnswerKind.REFUSED);
    }

    private AnswerKind kind(String path, AnswerReader reader) {
        Bulla node = booth.node(Booth.provider().answers(reader).build(), setup -> setup);
        try (Session session = Booth.member(node, "alice").session()) {
            return session.call("notes", ApiRequest.post(path, "{}")).kind();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, TRANSIENT, unreachable, PROVIDER_UNAVAILABLE, true",
        "POST, TRANSIENT, unreachable, PROVIDER_UNAVAILABLE, true",
        "GET, OUTCOME_UNKNOWN, timeout, UPSTREAM_TIMEOUT, true",
        "HEAD, OUTCOME_UNKNOWN, timeout, UPSTREAM_TIMEOUT, true",
        "GET, OUTCOME_UNKNOWN, no_answer, PROVIDER_UNAVAILABLE, true",
        "GET, OUTCOME_UNKNOWN, answer_too_large, ANSWER_REFUSED, false",
        "GET, OUTCOME_UNKNOWN, answer_refused, ANSWER_REFUSED, false",
        "POST, OUTCOME_UNKNOWN, timeout, OUTCOME_UNKNOWN, false",
        "PATCH, OUTCOME_UNKNOWN, no_answer, OUTCOME_UNKNOWN, false",
        "DELETE, OUTCOME_UNKNOWN, no_answer, OUTCOME_UNKNOWN, false",
        "POST, OUTCOME_UNKNOWN, answer_too_large, OUTCOME_UNKNOWN, false"
    })
    void failureIsNamedAndNothingIsRepeated(
            String method, ProviderException.Kind kind, String error, ErrorCode code, boolean retryable) {
        booth.answers(call -> {
            throw new ProviderException(kind, error, 0, null, "canary");
        });
        CallFailed failure = (CallFailed) Stage.failure(() -> alice.call("notes", ApiRequest.of(method, "/me")));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.connection()).isEqualTo("notes");
        assertThat(node.tenant("acme")
                        .audit()
                        .query(AuditQuery.all().onlyUses())
                        .entries())
                .singleElement()
                .returns(failure.entry(), AuditEntry::id)
                .satisfies(entry -> assertThat(entry.result().outcome()).isEqualTo(code.name()));
        assertThat(failure).hasMessageContaining("'notes' (Keyed)").hasMessageNotContaining("canary");
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(booth.sent).hasSize(1);
    }

    @Test
    void redirectElsewhereCarriesNothing() throws IOException {
        List<String> there = new CopyOnWriteArrayList<>();
        HttpServer elsewhere = server(exchange -> {
            there.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(200, -1);
        });
        HttpServer here = server(exchange -> {
            exchange.getResponseHeaders().set("Location", at(elsewhere) + "/steal");
            exchange.sendResponseHeaders(302, -1);
        });
        Provider moved = Booth.provider().api(ApiAccess.bearer(at(here))).build();
        try (Bulla node = Bulla.builder()
                        .store(InMemoryStore.create())
                        .hostKeys(HostKeyring.ephemeral())
                        .baseUri("https://app.example.com/bulla")
                        .returnTo("https://app.example.com/")
                        .http(HttpSettings.standard().reaching(authority(here)).reaching(authority(elsewhere)))
                        .providers(moved)
                        .build();
                Session ben = Booth.member(node, "ben").session()) {
            Booth.connection(node, "notes");
            Booth.connect(node, "notes", "ben");
            for (String method : List.of("GET", "POST", "HEAD")) {
                ApiResponse answer = ben.call("notes", ApiRequest.of(method, "/me"));
                assertThat(answer.kind()).isEqualTo(AnswerKind.ELSEWHERE);
                assertThat(answer.header("location")).contains(at(elsewhere) + "/steal");
            }
            assertThat(there).isEmpty();
        } finally {
            here.stop(0);
            elsewhere.stop(0);
        }
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            handler.handle(exchange);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String authority(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static String at(HttpServer server) {
        return "http://" + authority(server);
    }
}
