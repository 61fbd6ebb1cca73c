package dev.bulla.integrations.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.bulla.web.WebAdapter;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Objects;

/**
 * Carries plain requests and answers over {@code com.sun.net.httpserver}:
 *
 * <pre>{@code
 * server.createContext("/bulla/", BullaHttpHandler.of(handlers));
 * }</pre>
 *
 * <p>Bodies are read up to 1 MiB; a longer one is answered with 413, an unreadable form with 400. What goes wrong behind it is a 500
 * without details. Give the server an executor with several threads: a callback waits for the service. That server sends an answer in two
 * parts, and the second may wait 40 ms for the client to acknowledge the first; {@code -Dsun.net.httpserver.nodelay=true} ends the wait.
 * Immutable and thread-safe as far as the handler is.
 */
public final class BullaHttpHandler implements HttpHandler {
    private final WebAdapter adapter;

    private BullaHttpHandler(WebHandler handler) {
        this.adapter = WebAdapter.of(handler);
    }

    public static BullaHttpHandler of(WebHandler handler) {
        return new BullaHttpHandler(handler);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            write(exchange, adapter.answer(head(exchange), exchange.getRequestBody()));
        }
    }

    private static WebAdapter.Head head(HttpExchange exchange) {
        return new WebAdapter.Head(
                exchange.getRequestMethod(),
                WebAdapter.path(
                        Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), "")),
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                new HashMap<>(exchange.getRequestHeaders()),
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Type"), ""),
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    private static void write(HttpExchange exchange, WebResponse answer) throws IOException {
        exchange.getResponseHeaders().putAll(answer.headers());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }
}
