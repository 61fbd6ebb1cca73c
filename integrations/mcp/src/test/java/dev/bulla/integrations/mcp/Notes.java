package dev.bulla.integrations.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Provider;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A little service of notes, with tools. */
final class Notes implements AutoCloseable {
    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    /** Methods and paths, as they came. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    Notes() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String user = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer key-of-", "");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String what =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            asked.add(what);
            switch (what) {
                case "GET /notes" -> send(exchange, 200, "application/json", "{\"of\":\"" + user + "\"}");
                case "POST /notes" -> send(exchange, 201, "application/json", "{\"made\":" + body + "}");
                case "GET /titles" -> send(exchange, 200, "application/json", "[\"one\"]");
                case "GET /picture" -> send(exchange, 200, "image/png", new String(PNG, StandardCharsets.ISO_8859_1));
                case "GET /paper" -> send(exchange, 200, "application/pdf", "%PDF-\u00ff");
                case "GET /export" -> send(exchange, 200, "application/x-ndjson-lines", "one\ntwo");
                case "GET /busy" -> send(exchange, 429, "text/plain", "slow down");
                case "GET /slow" -> closed.await();
                default -> send(exchange, 404, "text/plain", "no such note");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(
                type.startsWith("image/") || type.endsWith("pdf")
                        ? StandardCharsets.ISO_8859_1
                        : StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    Provider provider() {
        return Provider.builder("notes", "Notes")
                .form(new KeyForm(
                        List.of(Field.secret("apiKey", "API key", "in your settings")),
                        "apiKey",
                        (values, call) -> new Verification(true, Identity.of("id", "Somebody"), List.of())))
                .api(ApiAccess.bearer("http://" + authority()))
                .formTools(ToolSet.of()
                        .with(
                                get("list_notes", "/notes"),
                                get("list_titles", "/titles"),
                                get("picture", "/picture"),
                                get("paper", "/paper"),
                                get("export", "/export"),
                                get("busy", "/busy"),
                                get("slow", "/slow"),
                                get("missing", "/missing"),
                                Tool.named("create_note")
                                        .title("Create a note")
                                        .description("Creates a note")
                                        .input("""
                                                {"type": "object", "properties": {"title": {"type": "string"}},
                                                 "required": ["title"]}""")
                                        .http(HttpTemplate.post("/notes").json())
                                        .build(),
                                Tool.named("delete_notes")
                                        .description("Deletes all notes")
                                        .http(HttpTemplate.delete("/notes"))
                                        .build()))
                .build();
    }

    private static Tool get(String name, String path) {
        return Tool.named(name)
                .description("Gets " + path)
                .http(HttpTemplate.get(path))
                .build();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
