package dev.bulla.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for every page. */
class PageRulesTest {
    private static final List<String> GETS = List.of(
            "/",
            "/grants",
            "/key",
            "/key/lost",
            "/owner",
            "/owner/members",
            "/no-such-page",
            "/form?connection=acme-mail");

    private final World world = new World();
    private final Client owner = world.browser("owner");

    @AfterEach
    void close() {
        world.close();
    }

    /** Pages of every kind, whatever their status. */
    private List<WebResponse> pages() {
        GETS.forEach(path -> owner.get("/bulla" + path));
        owner.get("/bulla/").press("Connect acme-notes").agree(world.notes, Services.HOSTILE);
        owner.get("/bulla/").press("Reconnect acme-notes").agree(world.notes, "Somebody");
        owner.press("Keep it as it was");
        owner.get("/bulla/").press("Connect acme-drive").agree(world.drive, "Owner D");
        owner.tick("Team one").press("Continue").press("Open Projects");
        owner.get("/bulla/form?connection=acme-mail&label=").press("Connect");
        owner.get("/bulla/disconnect?connection=acme-notes&label=");
        owner.get("/bulla/connect?connection=acme-notes");
        owner.get("/bulla/key").press("Make my key");
        owner.press("This is my key");
        owner.get("/bulla/grants");
        owner.post("/bulla/key", Map.of("csrf", List.of("token-of-owner")));
        owner.post("/bulla/connect", Map.of());
        world.browser("").get("/bulla/");
        return owner.seen.stream().filter(answer -> answer.status() != 303).toList();
    }

    @Test
    void everyPageIsStrictAboutWhatItLoadsAndIsNotKept() {
        for (WebResponse page : pages()) {
            assertThat(page.headers().get("Content-Security-Policy"))
                    .containsExactly("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
            assertThat(page.headers().get("Cache-Control")).containsExactly("no-store");
            assertThat(page.headers().get("Referrer-Policy")).containsExactly("no-referrer");
            assertThat(page.headers().get("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(page.headers().get("X-Frame-Options")).containsExactly("DENY");
            Document document = Jsoup.parse(page.body());
            assertThat(document.select("[style], style, script:not([src]), base, iframe, object"))
                    .isEmpty();
            assertThat(document.getAllElements().stream()
                            .flatMap(element -> element.attributes().asList().stream())
                            .map(attribute -> attribute.getKey()))
                    .noneMatch(name -> name.startsWith("on"));
            assertThat(document.select("link[href], script[src]").eachAttr("abs:src"))
                    .noneMatch(src -> src.contains("//"));
        }
    }

    @Test
    void everyPageHasALanguageATitleOneHeadingAndLabels() {
        for (WebResponse page : pages()) {
            Document document = Jsoup.parse(page.body());
            assertThat(document.select("html").attr("lang")).isEqualTo("en");
            assertThat(document.title()).isEqualTo(document.select("h1").text() + " - Workbench");
            assertThat(document.select("h1")).hasSize(1);
            assertThat(document.select("main")).hasSize(1);
            assertThat(document.select("meta[name=viewport]")).hasSize(1);
            Set<String> ids = new HashSet<>();
            document.select("[id]")
                    .forEach(element -> assertThat(ids.add(element.id()))
                            .describedAs("id %s stands twice", element.id())
                            .isTrue());
            for (Element box : document.select("input:not([type=hidden]), select, textarea")) {
                boolean wrapped = box.closest("label") != null;
                assertThat(wrapped
                                || !document.select("label[for=" + box.id() + "]")
                                        .isEmpty())
                        .describedAs("%s has a label", box)
                        .isTrue();
            }
            for (String described : document.select("[aria-describedby]").eachAttr("aria-describedby")) {
                assertThat(ids).containsAll(List.of(described.split(" ")));
            }
            document.select("a, button")
                    .forEach(element -> assertThat(element.text()).isNotBlank());
        }
    }

    @Test
    void everyFormThatPostsCarriesTheTokenOfTheHost() {
        for (WebResponse page : pages()) {
            for (Element form : Jsoup.parse(page.body()).select("form[method=post]")) {
                assertThat(form.select("input[name=csrf]").attr("value")).isEqualTo("token-of-owner");
                assertThat(form.attr("action")).startsWith("/bulla/");
            }
        }
    }

    @Test
    void whatAServiceCallsItselfStaysText() {
        for (WebResponse page : pages()) {
            assertThat(Jsoup.parse(page.body()).select("img")).isEmpty();
        }
        assertThat(owner.seen).anyMatch(page -> page.body().contains("&lt;img src=x"));
    }

    private WebResponse get(BullaPages pages, String path, Map<String, List<String>> headers) {
        return pages.handle(new WebRequest("GET", path, "", headers, Map.of(), "", ""));
    }

    @Test
    void assetsAreKeptForAYearUnderTheirDigest() {
        Document page = owner.get("/bulla/").page();
        for (String asset : List.of(
                page.select("link[rel=stylesheet]").attr("href"),
                page.select("script").attr("src"))) {
            WebResponse answer = get(world.node(), asset, Map.of());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().get("Cache-Control")).containsExactly("public, max-age=31536000, immutable");
            assertThat(asset).matches("/bulla/assets/pages-[0-9a-f]{16}\\.(css|js)");
            assertThat(answer.body()).doesNotContain("://");
        }
        assertThat(get(world.node(), "/bulla/assets/pages-0000000000000000.css", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(get(world.node(), "/bulla/assets/../texts.properties", Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void strangersSeeNothing() {
        Client nobody = world.browser("");
        for (String path : List.of("/", "/key", "/owner", "/no-such-page")) {
            nobody.get("/bulla" + path);
            assertThat(nobody.answer().status()).isEqualTo(401);
            assertThat(nobody.page().select("nav, form")).isEmpty();
        }
        world.login = "https://host.test/login";
        assertThat(nobody.get("/bulla/key").answer().headers().get("Location"))
                .containsExactly("https://host.test/login");
        Client member = world.browser("alice");
        String owners = member.get("/bulla/owner").answer().body();
        assertThat(member.answer().status()).isEqualTo(404);
        assertThat(member.get("/bulla/no-such-page").answer().body()).isEqualTo(owners);
    }

    @Test
    void otherMethodsAreRefused() {
        BullaPages pages = world.node();
        Map<String, List<String>> login = Map.of("Cookie", List.of("login=alice"));
        WebResponse put = pages.handle(new WebRequest("PUT", "/bulla/key", "", login, Map.of(), "", ""));
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.headers().get("Allow")).containsExactly("GET");
        WebResponse issue = pages.handle(new WebRequest("GET", "/bulla/key/issue", "", login, Map.of(), "", ""));
        assertThat(issue.status()).isEqualTo(405);
        assertThat(issue.headers().get("Allow")).containsExactly("POST");
        assertThat(world.member("alice").keys().isOffered()).isFalse();
    }

    @Test
    void aHostReplacesTextsAndLooks() {
        world.with(PageOptions.of("Werkbank")
                .texts("de", Map.of("panel.title", "Dienste <verbinden>", "advice.NOT_CONNECTED", "Nicht verbunden."))
                .scheme(PageOptions.Scheme.DARK)
                .stylesheet("/werkbank.css"));
        Document page = owner.get("/bulla/").page();
        assertThat(page.select("h1").text()).isEqualTo("Dienste <verbinden>");
        assertThat(page.select("html").attr("lang")).isEqualTo("de");
        assertThat(page.select("html").attr("data-theme")).isEqualTo("dark");
        assertThat(page.select("link[rel=stylesheet]").eachAttr("href")).last().isEqualTo("/werkbank.css");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.with(PageOptions.of("x").texts("en", Map.of("panel.titel", "x")))
                        .node());
        for (String bad : List.of("https://evil.example/x.css", "//evil.example/x.css", "x.css", "/x\".css")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PageOptions.of("x").stylesheet(bad));
        }
        for (String bad : List.of("*", "https://a.example/", "http://a.example", "https://A.example", "null", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PageOptions.of("x").popupOrigins(bad));
        }
    }

    /** Keys whose end is a code. */
    private static final Pattern BY_CODE = Pattern.compile(
            "(actor|place|refusal|done|my\\.(status|sealed|ended)|mode|mode-hint|status|sealed|ended|state|option|option-hint"
                    + "|owner\\.(part|save|actor)|switch|switch-hint|(retire|reconnect)\\.(ask|what|do|done)|(again|refresh)\\.(title|key|do)"
                    + "|grants\\.(what|none)-.*|audit\\.(from|to|member|connection|tool|session|grant|of|result|kind|action|export|reason)|policy\\.(effect|tier|state)|tier|go\\.(policies|tools|things|webhook)-hint|tools\\.origin|webhook\\.(generate|make-token|await|offered|drop|remove)-hint)(\\..*)?");

    @Test
    void everyTextIsSaidAndEverythingSaidIsThere() throws IOException {
        Set<String> known = Texts.ours().stringPropertyNames();
        Set<String> named = new TreeSet<>();
        Path sources = Path.of(System.getProperty("basedir", "pages"), "src/main/java/dev/bulla/pages");
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Matcher texts =
                        Pattern.compile("\"([a-z][a-z-]*(?:\\.[a-zA-Z-]+)+)\"").matcher(Files.readString(file));
                texts.results().map(found -> found.group(1)).forEach(named::add);
            }
        }
        Set<String> unsaid = known.stream()
                .filter(key -> !named.contains(key) && !named.contains(key.replaceFirst("\\.(one|other)$", "")))
                .filter(key -> !BY_CODE.matcher(key).matches())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unsaid).isEmpty();
    }
}
