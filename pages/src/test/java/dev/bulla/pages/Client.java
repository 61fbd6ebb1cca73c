package dev.bulla.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.FakeService;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A browser without script. It keeps cookies, presses buttons by what they say, follows redirects within the host, and every request goes
 * to a node of its own, so that nothing can depend on a node's memory.
 */
final class Client {
    private static final String ORIGIN = "https://host.test";

    private final World world;
    final Map<String, String> cookies = new LinkedHashMap<>();
    final List<WebResponse> seen = new ArrayList<>();
    final List<String> addresses = new ArrayList<>();
    private Document page = new Document("");

    Client(World world, String member) {
        this.world = world;
        if (!member.isEmpty()) {
            cookies.put("login", member);
        }
    }

    Document page() {
        return page;
    }

    WebResponse answer() {
        return seen.get(seen.size() - 1);
    }

    String h1() {
        return page.select("h1").text();
    }

    Client get(String address) {
        return request("GET", URI.create(address), Map.of());
    }

    Client post(String address, Map<String, List<String>> form) {
        return request("POST", URI.create(address), form);
    }

    private Client request(String method, URI uri, Map<String, List<String>> form) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        addresses.add(uri.toString());
        WebResponse answer = world.node()
                .handle(new WebRequest(
                        method,
                        uri.getPath(),
                        query,
                        Map.of(
                                "Cookie",
                                List.of(cookies.entrySet().stream()
                                        .map(one -> one.getKey() + "=" + one.getValue())
                                        .collect(Collectors.joining("; ")))),
                        form,
                        "",
                        "127.0.0.1"));
        seen.add(answer);
        answer.headers().getOrDefault("Set-Cookie", List.of()).forEach(this::keep);
        if (answer.status() == 303) {
            URI next = URI.create(answer.headers().get("Location").get(0));
            return next.isAbsolute() && !next.toString().startsWith(ORIGIN + "/bulla/")
                    ? this
                    : request("GET", URI.create(ORIGIN).resolve(next), Map.of());
        }
        page = Jsoup.parse(answer.body());
        return this;
    }

    private void keep(String header) {
        String pair = header.substring(0, header.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (header.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }

    /** Follows the link with this text. */
    Client follow(String text) {
        return get(only("a", text).attr("href"));
    }

    private Element only(String css, String text) {
        List<Element> found = page.select(css).stream()
                .filter(element -> element.text().equals(text))
                .toList();
        assertThat(found)
                .describedAs("'%s' on the page:%n%s", text, page.body())
                .hasSize(1);
        return found.get(0);
    }

    /** Fills in a field by its label. */
    Client fill(String label, String value) {
        Element box = page.getElementById(only("label", label).attr("for"));
        assertThat(box).isNotNull();
        box.val(value);
        return this;
    }

    /** Ticks the box beside this text; of radio buttons the others let go. */
    Client tick(String text) {
        Element box = only("label.check", text).selectFirst("input");
        if (box.attr("type").equals("radio")) {
            page.select("input[type=radio]").stream()
                    .filter(other -> other.attr("name").equals(box.attr("name")))
                    .forEach(other -> other.removeAttr("checked"));
        }
        box.attr("checked", "checked");
        return this;
    }

    /** Presses the button with this text, and sends its form. */
    Client press(String text) {
        Element button = only("button", text);
        Element form = button.closest("form");
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Element box : form.select("input[name], select[name], textarea[name]")) {
            boolean ticks =
                    box.attr("type").equals("checkbox") || box.attr("type").equals("radio");
            if (!ticks || box.hasAttr("checked")) {
                fields.computeIfAbsent(box.attr("name"), name -> new ArrayList<>())
                        .add(box.val());
            }
        }
        if (button.hasAttr("name")) {
            fields.computeIfAbsent(button.attr("name"), name -> new ArrayList<>())
                    .add(button.attr("value"));
        }
        return request("POST", URI.create(form.attr("action")), fields);
    }

    /** Where the page that leads to a service leads to. */
    URI away() {
        String refresh = answer().headers().get("Refresh").get(0);
        assertThat(refresh).startsWith("0; url=");
        return URI.create(refresh.substring("0; url=".length()));
    }

    /** Goes on to the service, agrees as this user, and comes back. */
    Client agree(FakeService service, String user) {
        return get(service.consent(away(), user).toString());
    }

    /** Goes on to the service, says no, and comes back. */
    Client deny(FakeService service, String user) {
        return get(service.deny(away(), user).toString());
    }
}
