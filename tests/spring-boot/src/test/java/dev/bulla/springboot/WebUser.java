package dev.bulla.springboot;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A person at a browser, in front of a proxy: https and the application's public name outside, plain http on the port inside. Keeps
 * cookies of the application, and follows its redirects to itself.
 */
final class WebUser {
    static final URI ORIGIN = URI.create("https://app.example.com");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    private final int port;
    private final String contextPath;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Set<String> strict = new HashSet<>();
    private URI here = ORIGIN;

    /** @param status HTTP status @param location where a redirect leads, or where the page is @param body as it came */
    record Answer(int status, URI location, String body) {
        Document page() {
            return Jsoup.parse(body, location.toString());
        }
    }

    WebUser(int port, String contextPath) {
        this.port = port;
        this.contextPath = contextPath;
    }

    Answer get(String address) {
        return follow(send("GET", ORIGIN.resolve(address), null, null, false));
    }

    /** An arrival from another site, which goes without cookies that are SameSite=Strict. */
    Answer arrive(URI address) {
        return follow(send("GET", address, null, null, true));
    }

    /** Sends the form with what it holds and these values, as its button does. */
    Answer submit(Element form, Map<String, String> values) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element field : form.select("input[name], select[name], textarea[name]")) {
            boolean box = field.attr("type").matches("checkbox|radio");
            if (!box || field.hasAttr("checked")) {
                fields.put(field.attr("name"), field.val());
            }
        }
        fields.putAll(values);
        return post(form.absUrl("action").isEmpty() ? here.toString() : form.absUrl("action"), fields);
    }

    Answer post(String address, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return follow(send("POST", ORIGIN.resolve(address), "application/x-www-form-urlencoded", body, false));
    }

    Answer json(String method, String address, String body) {
        return send(method, ORIGIN.resolve(address), "application/json", body, false);
    }

    void login(String name, String password) {
        Answer page = get(contextPath + "/login");
        Answer in = submit(page.page().selectFirst("form"), Map.of("username", name, "password", password));
        if (in.location().toString().contains("error")) {
            throw new IllegalStateException("not logged in");
        }
    }

    private Answer follow(Answer answer) {
        Answer now = answer;
        while (now.status() / 100 == 3 && ORIGIN.getHost().equals(now.location().getHost())) {
            now = send("GET", now.location(), null, null, false);
        }
        return now;
    }

    private Answer send(String method, URI address, String type, String body, boolean fromElsewhere) {
        here = address;
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        URI inside = URI.create("http://127.0.0.1:" + port + address.getRawPath() + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(inside)
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json".equals(type) ? type : "text/html")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", ORIGIN.getHost())
                .header("X-Forwarded-Port", "443")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type).header("Origin", ORIGIN.toString());
        }
        String sent = cookies.entrySet().stream()
                .filter(cookie -> !fromElsewhere || !strict.contains(cookie.getKey()))
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            URI location = answer.headers()
                    .firstValue("Location")
                    .map(address::resolve)
                    .orElse(address);
            return new Answer(answer.statusCode(), location, answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a {@code Set-Cookie} header says. */
    void keep(String header) {
        if (header.contains("SameSite=Strict")) {
            strict.add(header.substring(0, header.indexOf('=')));
        }
        String[] pair = header.split(";", 2)[0].split("=", 2);
        if (pair[1].isEmpty() || header.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
