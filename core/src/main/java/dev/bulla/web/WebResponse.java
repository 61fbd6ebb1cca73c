package dev.bulla.web;

import dev.bulla.model.Cookie;
import dev.bulla.webhook.WebhookAnswer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP answer as a plain value. Every answer made here carries the headers of a page that must not be stored, framed, sniffed or
 * named to others. {@code toString} shows the status only.
 *
 * @param status HTTP status
 * @param headers names as they are written
 * @param body text, sent as UTF-8
 */
public record WebResponse(int status, Map<String, List<String>> headers, String body) {
    private static final Map<String, List<String>> QUIET = Map.of(
            "Cache-Control", List.of("no-store"),
            "Referrer-Policy", List.of("no-referrer"),
            "X-Content-Type-Options", List.of("nosniff"),
            "Content-Security-Policy", List.of("default-src 'none'; frame-ancestors 'none'"));

    public WebResponse {
        headers = Map.copyOf(headers);
    }

    /** A page. */
    public static WebResponse html(int status, String html) {
        return new WebResponse(status, QUIET, html).header("Content-Type", "text/html; charset=utf-8");
    }

    /** What a service is answered. */
    static WebResponse text(WebhookAnswer answer) {
        return new WebResponse(answer.status(), QUIET, answer.text())
                .header("Content-Type", "text/plain; charset=utf-8");
    }

    /** JSON. */
    public static WebResponse json(int status, String json) {
        return new WebResponse(status, QUIET, json).header("Content-Type", "application/json");
    }

    /** 303: whatever was sent here stays here, and the browser goes on with a GET. */
    public static WebResponse redirect(URI location) {
        return new WebResponse(303, QUIET, "").header("Location", location.toString());
    }

    /** The same answer with this header in place of former ones of the name. */
    public WebResponse header(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(name, List.of(value));
        return new WebResponse(status, more, body);
    }

    /** The same answer with one more {@code Set-Cookie} header. */
    public WebResponse cookie(String header) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> cookies = new ArrayList<>(headers.getOrDefault("Set-Cookie", List.of()));
        cookies.add(header);
        more.put("Set-Cookie", List.copyOf(cookies));
        return new WebResponse(status, more, body);
    }

    /** The same answer that also sets this cookie. */
    public WebResponse cookie(Cookie cookie) {
        return cookie(cookie.header());
    }

    @Override
    public String toString() {
        return "WebResponse[" + status + "]";
    }
}
