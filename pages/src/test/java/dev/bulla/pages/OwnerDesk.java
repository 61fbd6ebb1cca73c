package dev.bulla.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.BullaBuilder;
import dev.bulla.Connections;
import dev.bulla.model.Settings;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The pages, somebody who looks at them, and what there is to see. Forms are sent as a browser sends them: what stands in them. */
final class OwnerDesk implements WebHost, AutoCloseable {
    static final String TENANT = "acme";
    static final FormToken TOKEN = new FormToken("csrf", "good-token");

    final TestBulla world;
    final List<WebResponse> answers = new ArrayList<>();
    private final WebHandler pages;
    private Optional<Caller> caller = Optional.of(new Caller(TENANT, "olga", true));

    OwnerDesk(FakeService... services) {
        this(setup -> setup, services);
    }

    OwnerDesk(UnaryOperator<BullaBuilder> setup, FakeService... services) {
        world = TestBulla.inMemory(setup, services);
        pages = BullaPages.of(world.bulla(), this);
    }

    /** With the connection {@code code} to this service, set up. */
    OwnerDesk withCode(String provider) {
        owner().create("code", provider);
        owner().save("code", Settings.clientId("app").clientSecret("secret"));
        return this;
    }

    Connections owner() {
        return world.bulla().tenant(TENANT).connections();
    }

    void login(Caller who) {
        caller = Optional.ofNullable(who);
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return caller;
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return request.field(TOKEN.name()).equals(Optional.of(TOKEN.value()));
    }

    @Override
    public Optional<FormToken> formToken(WebRequest request) {
        return Optional.of(TOKEN);
    }

    WebResponse send(String method, String path, Map<String, List<String>> form) {
        String[] parts = path.split("\\?", 2);
        WebResponse answer = pages.handle(new WebRequest(
                method, "/bulla" + parts[0], parts.length > 1 ? parts[1] : "", Map.of(), form, "", "127.0.0.1"));
        answers.add(answer);
        return answer;
    }

    WebResponse raw(String path) {
        return send("GET", path, Map.of());
    }

    /** A page, as it is seen. */
    Document get(String path) {
        WebResponse answer = raw(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return page(answer);
    }

    Document connection(String name) {
        return get(at("/owner/connection", "name", name));
    }

    static Document page(WebResponse answer) {
        return Jsoup.parse(answer.body(), "https://host.test/bulla/");
    }

    /** Sends the form that goes to this address, with these fields filled in, or added; a value of {@code null} unticks its boxes. */
    WebResponse submit(Document page, String action, String... filled) {
        return submit(form(page, action), filled);
    }

    WebResponse submit(Element form, String... filled) {
        Map<String, List<String>> sent = new LinkedHashMap<>();
        List<String> unticked = new ArrayList<>();
        for (int i = 0; i < filled.length; i += 2) {
            if (filled[i + 1] == null) {
                unticked.add(filled[i]);
            }
        }
        for (Element field : form.select("input[name], textarea[name], select[name], button[name]")) {
            boolean ticks = field.attr("type").matches("checkbox|radio");
            if (field.hasAttr("disabled")
                    || (ticks && (!field.hasAttr("checked") || unticked.contains(field.attr("name"))))) {
                continue;
            }
            String value = switch (field.tagName()) {
                case "textarea" -> field.wholeText().replaceFirst("^\n", "");
                case "select" ->
                    field.select("option[selected]").isEmpty()
                            ? field.select("option").first().val()
                            : field.select("option[selected]").val();
                default -> field.val();
            };
            sent.computeIfAbsent(field.attr("name"), name -> new ArrayList<>()).add(value);
        }
        for (int i = 0; i < filled.length; i += 2) {
            if (filled[i + 1] != null) {
                sent.put(filled[i], List.of(filled[i + 1]));
            }
        }
        return send("POST", path(form.attr("action")), sent);
    }

    static Element form(Document page, String action) {
        Element form = page.select("form[action=/bulla" + action + "]").first();
        assertThat(form).as("a form that goes to " + action).isNotNull();
        return form;
    }

    /** The form of one group of a connection's settings. */
    static Element group(Document page, String group) {
        return page.select("form:has(input[name=group][value=" + group + "])").first();
    }

    /** Where a redirect leads, looked at. */
    Document follow(WebResponse answer) {
        assertThat(answer.status()).isEqualTo(303);
        return get(path(answer.headers().get("Location").get(0)));
    }

    static String path(String address) {
        URI uri = URI.create(address);
        String path = uri.getRawPath().substring("/bulla".length());
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    static String at(String path, String... query) {
        StringBuilder out = new StringBuilder(path);
        for (int i = 0; i < query.length; i += 2) {
            out.append(i == 0 ? '?' : '&').append(query[i]).append('=');
            out.append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        return out.toString();
    }

    @Override
    public void close() {
        world.close();
    }
}
