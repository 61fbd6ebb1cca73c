package dev.bulla.testkit.server;

import com.sun.net.httpserver.HttpExchange;
import dev.bulla.testkit.service.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request and its answer, with the little HTTP that the handlers need. */
final class Visit {
    private static final int LONGEST_BODY = 64 * 1024;
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private final HttpExchange exchange;
    private @Nullable Form form;

    Visit(HttpExchange exchange) {
        this.exchange = exchange;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    boolean isPost() {
        return "POST".equals(method());
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    String rawQuery() {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    Form query() {
        return Form.of(rawQuery());
    }

    /** The form in the body, which is read once. */
    Form form() throws IOException {
        Form known = form;
        if (known == null) {
            byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
            known = Form.of(new String(body, StandardCharsets.UTF_8));
            form = known;
        }
        return known;
    }

    @Nullable
    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Nullable
    String cookie(String name) {
        for (String line : exchange.getRequestHeaders().getOrDefault("Cookie", java.util.List.of())) {
            for (String pair : line.split(";")) {
                String[] parts = pair.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(name)) {
                    return parts[1];
                }
            }
        }
        return null;
    }

    void setCookie(String name, String value) {
        exchange.getResponseHeaders().add("Set-Cookie", name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax");
    }

    /** 303, so that whatever was posted is left behind. */
    void redirect(String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        send(303, "text/plain; charset=utf-8", "", false);
    }

    void page(int status, String html) throws IOException {
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        send(status, "text/html; charset=utf-8", html, false);
    }

    void json(int status, Map<String, Object> fields) throws IOException {
        send(status, "application/json", com.nimbusds.jose.util.JSONObjectUtils.toJSONString(fields), false);
    }

    void challenge(int status, String challenge, String error) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        json(status, Map.of("error", error));
    }

    /** Sends the reply, or lets happen to it what its fate says. */
    void reply(Reply reply) throws IOException {
        if (!reply.delay().isZero()) {
            pause(reply);
        }
        if (reply.fate() == Reply.Fate.LOST) {
            exchange.close();
            return;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        send(reply.status(), "application/json", reply.text(), reply.fate() == Reply.Fate.CUT);
    }

    private static void pause(Reply reply) {
        try {
            Thread.sleep(reply.delay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(int status, String type, String text, boolean cut) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body, 0, cut ? body.length / 2 : body.length);
            exchange.getResponseBody().flush();
        }
        exchange.close();
    }
}
