package dev.bulla.integrations.mcp;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.key.Grant;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Admission;
import dev.bulla.model.Settings;
import dev.bulla.testkit.TestClock;
import dev.bulla.testkit.store.InMemoryStore;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolRequest;
import dev.bulla.web.WebHandler;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A host with the service of notes, an MCP server and a client that speaks what a test writes. */
final class Office implements AutoCloseable {
    static final String TENANT = "acme";
    private static final ToolRequest MAKE = new ToolRequest(
            "POST", "/notes", Map.of("Content-Type", "application/json"), "{}".getBytes(StandardCharsets.UTF_8), "");

    final Notes notes = new Notes();
    final TestClock clock = TestClock.at(Instant.parse("2026-11-20T12:00:00Z"));
    final Bulla bulla;
    /** The host's word on everybody. */
    final AtomicReference<Admission.Word> word = new AtomicReference<>(Admission.Word.ADMITTED);
    /** What happens between the two steps of the tool that has two. */
    volatile Runnable between = () -> {};
    /** Every bearer that a test has used. */
    final List<String> bearers = new ArrayList<>();

    private final Carrier carrier;
    private final String base;
    private final HttpClient client = HttpClient.newHttpClient();

    /** What carries requests and answers. */
    interface Carrier extends AutoCloseable {
        /** Answers what is below {@code /mcp/} of the address that it answers. */
        String start(WebHandler handler) throws IOException;

        @Override
        void close();
    }

    /** The server of the JDK. */
    private static final class Jdk implements Carrier {
        private final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();

        Jdk() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String start(WebHandler handler) {
            server.setExecutor(threads);
            server.createContext("/mcp/", BullaHttpHandler.of(handler));
            server.start();
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    Office() {
        this(new Jdk());
    }

    Office(Carrier carrier) {
        this.carrier = carrier;
        bulla = Bulla.builder()
                .store(InMemoryStore.on(clock::millis))
                .hostKeys(HostKeyring.ephemeral())
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .http(new HttpSettings(
                        null,
                        List.of(),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        List.of(notes.authority())))
                .clock(clock)
                .providers(notes.provider())
                .admission((tenant, member) -> word.get())
                .tools(
                        "notes",
                        Tool.named("twice")
                                .description("Makes two notes")
                                .handler((arguments, door) -> {
                                    door.call(MAKE);
                                    between.run();
                                    return door.call(MAKE);
                                })
                                .tier(Tier.WRITE)
                                .build())
                .build();
        bulla.tenant(TENANT).connections().create("notes", "notes");
        bulla.tenant(TENANT).connections().save("notes", Settings.none());
        try {
            base = carrier.start(BullaMcpHandler.builder(bulla, Tenants.behind("/mcp/"))
                    .called("office", "7")
                    .allowOrigin("https://app.example.com")
                    .clock(clock)
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base() {
        return base;
    }

    Member member(String name) {
        return bulla.tenant(TENANT).member(name);
    }

    /** A member with a key and an account; answers the key's text. */
    String connected(String name) {
        String key = keyed(name);
        member(name).submit("notes", Map.of("apiKey", "key-of-" + name));
        return key;
    }

    /** A member with a key. */
    String keyed(String name) {
        MemberKey key = MemberKey.parse(member(name).keys().issue().text());
        member(name).keys().confirm(key);
        return used(key.revealText());
    }

    String granted(String name, String key, Grant grant) {
        try (Session session = member(name).session(MemberKey.parse(key))) {
            return used(session.grant(grant).text());
        }
    }

    String used(String bearer) {
        bearers.add(bearer);
        bearers.add(bearer.replace("-", ""));
        return bearer;
    }

    /** An answer, its body read as JSON where there is one. */
    record Answer(int status, Map<String, Object> json, HttpResponse<String> http) {
        @Nullable
        Integer code() {
            return json.get("error") instanceof Map<?, ?> error ? (Integer) error.get("code") : null;
        }

        String message() {
            return json.get("error") instanceof Map<?, ?> error ? String.valueOf(error.get("message")) : "";
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> result() {
            return (Map<String, Object>) json.get("result");
        }

        String text() {
            return String.valueOf(((Map<?, ?>) ((List<?>) result().get("content")).get(0)).get("text"));
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    /** A client with one bearer and one session. */
    final class Client {
        final Map<String, String> headers = new HashMap<>();

        Client(@Nullable String bearer) {
            headers.put("Accept", "application/json, text/event-stream");
            headers.put("Content-Type", "application/json");
            if (bearer != null) {
                headers.put("Authorization", "Bearer " + bearer);
            }
        }

        Answer send(String method, String path, String body) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                    .timeout(Duration.ofSeconds(20))
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            headers.forEach(request::header);
            try {
                HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
                Map<String, Object> json = answer.body().isEmpty()
                        ? Map.of()
                        : McpJsonDefaults.getMapper().readValue(answer.body(), new TypeRef<Map<String, Object>>() {});
                return new Answer(answer.statusCode(), json, answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Answer post(String body) {
            return send("POST", "/mcp/" + TENANT, body);
        }

        Answer ask(String method, Map<String, Object> params) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("jsonrpc", "2.0");
            message.put("id", 5);
            message.put("method", method);
            message.put("params", params);
            try {
                return post(McpJsonDefaults.getMapper().writeValueAsString(message));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Answer initialize(String version) {
            Answer answer = ask(
                    "initialize",
                    Map.of(
                            "protocolVersion",
                            version,
                            "capabilities",
                            Map.of(),
                            "clientInfo",
                            Map.of("name", "test", "version", "1")));
            if (answer.status() == 200) {
                headers.put("Mcp-Session-Id", answer.header("Mcp-Session-Id"));
            }
            return answer;
        }

        Client begun() {
            initialize("2025-11-25");
            post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            return this;
        }

        Answer call(String tool, Map<String, Object> arguments) {
            return ask("tools/call", Map.of("name", tool, "arguments", arguments));
        }

        @SuppressWarnings("unchecked")
        List<Map<String, Object>> tools() {
            return (List<Map<String, Object>>)
                    ask("tools/list", Map.of()).result().get("tools");
        }
    }

    Client client(@Nullable String bearer) {
        return new Client(bearer);
    }

    @Override
    public void close() {
        carrier.close();
        bulla.close();
        notes.close();
    }
}
