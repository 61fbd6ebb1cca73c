package dev.bulla.examples.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A person at a browser: opens pages, fills in what the page offers, and sees where that leads. */
final class WebBrowser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** As in a browser, the services of one host share cookies whatever their ports. */
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private final List<String> seen = new ArrayList<>();
    private Document page = new Document("");

    WebBrowser open(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)));
    }

    /** Follows the first link with this text. */
    WebBrowser follow(String text) {
        return open(page.select("a").stream()
                .filter(link -> link.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link '" + text + "' on " + text()))
                .absUrl("href"));
    }

    /** Types into the form that has a button with this text, and presses it. */
    WebBrowser press(String button, String... typed) {
        Element pressed = page.select("button").stream()
                .filter(candidate -> candidate.text().startsWith(button))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button '" + button + "' on " + text()));
        Element form = pressed.closest("form");
        for (int i = 0; i < typed.length; i += 2) {
            String value = typed[i + 1];
            Element input = form.select("[name=\"" + typed[i] + "\"]").first();
            if (input == null) {
                throw new AssertionError("no field '" + typed[i] + "' on " + text());
            }
            input.val(value);
        }
        List<String> pairs = new ArrayList<>();
        for (Element input : form.select("input[name]")) {
            boolean box =
                    input.attr("type").equals("checkbox") || input.attr("type").equals("radio");
            if (!box || input.hasAttr("checked")) {
                pairs.add(pair(input.attr("name"), input.val()));
            }
        }
        form.select("textarea").forEach(area -> pairs.add(pair(area.attr("name"), area.wholeText())));
        if (pressed.hasAttr("name")) {
            pairs.add(pair(pressed.attr("name"), pressed.val()));
        }
        return send(HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private WebBrowser send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = exchange(request.build());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        seen.add(answer.uri() + "\n" + answer.body());
        Optional<String> location = answer.headers()
                .firstValue("Location")
                .or(() -> answer.headers().firstValue("Refresh").map(value -> value.replaceFirst("^0; url=", "")));
        if (location.isPresent()) {
            return open(answer.uri().resolve(location.get()).toString());
        }
        page = Jsoup.parse(answer.body(), answer.uri().toString());
        return this;
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String address() {
        return page.baseUri();
    }

    String text() {
        return page.text();
    }

    /** The text of the first element that this CSS query finds. */
    String text(String query) {
        Element found = page.select(query).first();
        if (found == null) {
            throw new AssertionError("no " + query + " on " + text());
        }
        return found.text();
    }

    /** What stands in the first field that this CSS query finds. */
    String value(String query) {
        return page.select(query).val();
    }

    /** Addresses and pages so far. */
    List<String> seen() {
        return seen;
    }
}
