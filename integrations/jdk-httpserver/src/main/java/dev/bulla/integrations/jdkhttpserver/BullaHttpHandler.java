package dev.bulla.integrations.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries plain requests and answers over {@code com.sun.net.httpserver}:
 *
 * <pre>{@code
 * server.createContext("/bulla/", BullaHttpHandler.of(handlers));
 * }</pre>
 *
 * <p>Bodies are read up to 64 KiB; a longer one is answered with 413, an unreadable form with 400. What goes wrong behind it is a 500
 * without details. Give the server an executor with several threads: a callback waits for the service.
 * Immutable and thread-safe as far as the handler is.
 */
public final class BullaHttpHandler implements HttpHandler {
    private static final Logger LOG = System.getLogger(BullaHttpHandler.class.getName());

    private final WebHandler answer;

    private BullaHttpHandler(WebHandler answer) {
        this.answer = answer;
    }

    public static BullaHttpHandler of(WebHandler answer) {
        return new BullaHttpHandler(answer);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            write(exchange, answer(exchange));
        }
    }

    private WebResponse answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(WebRequest.LONGEST_BODY + 1);
        if (body.length > WebRequest.LONGEST_BODY) {
            return problem(413, "TOO_LARGE");
        }
        WebRequest request;
        try {
            request = request(exchange, body);
        } catch (IllegalArgumentException e) {
            return problem(400, "BAD_REQUEST");
        }
        try {
            return answer.handle(request);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a request failed: {0}", e.getClass().getName());
            return problem(500, "INTERNAL_ERROR");
        }
    }

    private static WebRequest request(HttpExchange exchange, byte[] body) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean form = type != null && type.strip().startsWith("application/x-www-form-urlencoded");
        String text = new String(body, StandardCharsets.UTF_8);
        String query = exchange.getRequestURI().getRawQuery();
        Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
        return new WebRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                headers,
                form ? WebRequest.decode(text) : Map.of(),
                form ? "" : text,
                exchange.getRemoteAddress().getAddress().getHostAddress());
    }

    private static WebResponse problem(int status, String code) {
        return WebResponse.json(status, "{\"code\":\"" + code + "\"}");
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
