package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Option;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.testkit.FakeService;
import dev.bulla.web.Caller;
import dev.bulla.web.WebResponse;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see and do what, and that nobody's names become markup. */
class OwnerAccessTest {
    private static final String EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;{0}%s";

    private final OwnerDesk desk = new OwnerDesk(FakeService.speaking(hostile()));

    private static Provider hostile() {
        OAuth2Spec spec = OAuth2Spec.builder("https://evil.example/authorize", "https://evil.example/token")
                .identity("https://evil.example/me", "id", "name")
                .build();
        String guide =
                "## " + EVIL + "\n\nRead <script>alert(2)</script> [x](javascript:alert(3)) [y](http://plain.example)"
                        + " ![z](https://evil.example/p.png) https://good.example/a.\n\n| a | " + EVIL
                        + " |\n| --- | --- |\n| b | c |\n";
        return Provider.builder("evil", "Evil " + EVIL)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://evil.example"))
                .scopes(new Scope("read", EVIL, EVIL, false, true), Scope.of("write", "Write"))
                .ownerFields(
                        Field.text("where", EVIL, EVIL).placeholder(EVIL).matching("[a-z]+"),
                        Field.text("which", "Which", EVIL)
                                .options(Option.of(EVIL, EVIL), Option.of("b", "B"))
                                .optional(),
                        Field.text("yes", EVIL, "").as(Field.Type.BOOLEAN).optional(),
                        Field.text("many", "Many", EVIL)
                                .options(Option.of("x", EVIL))
                                .as(Field.Type.LIST)
                                .optional(),
                        Field.text("notes", "Notes", "")
                                .as(Field.Type.MULTI_LINE)
                                .optional(),
                        Field.secret("pem", EVIL, EVIL)
                                .as(Field.Type.MULTI_LINE)
                                .optional())
                .documentation(Documentation.read("2026-11-21", "https://evil.example/docs")
                        .walkthrough(() -> new ByteArrayInputStream(guide.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    @BeforeEach
    void configure() {
        desk.owner().create("notes", "evil");
        desk.owner()
                .save(
                        "notes",
                        Settings.clientId("<b>id</b>")
                                .clientSecret("app-secret")
                                .with("where", "here"));
        desk.world.connect(TENANT, EVIL, "notes", EVIL);
        desk.world.bulla().tenant("other").connections().create("theirs", "evil");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void namesNeverBecomeMarkup() {
        String member = at("/owner/member", "id", EVIL);
        for (String path : List.of(
                "/owner",
                at("/owner/new", "q", EVIL),
                "/owner/new?q=evil",
                "/owner/new?provider=evil",
                "/owner/connection?name=notes",
                "/owner/accounts?name=notes",
                "/owner/members",
                member,
                at("/owner/member/remove", "id", EVIL),
                "/owner/connection/reconnect?name=notes",
                "/owner/connection/retire?name=notes",
                "/owner/connection/delete?name=notes")) {
            Document page = desk.get(path);
            assertThat(page.select("main script, img, main b, [onerror]"))
                    .as(path)
                    .isEmpty();
            assertThat(page.select("a[href^=javascript], a[href^=http:]"))
                    .as(path)
                    .isEmpty();
        }
        Document page = desk.connection("notes");
        assertThat(page.select("details.guide a[href=https://good.example/a]").attr("rel"))
                .contains("noopener");
        WebResponse refused = desk.submit(OwnerDesk.group(page, "settings"), "field.where", EVIL, "field.which", EVIL);
        assertThat(refused.status()).isEqualTo(422);
        Document again = OwnerDesk.page(refused);
        assertThat(again.select("main script, img, main b, [onerror]")).isEmpty();
        assertThat(again.getElementById("settings-where").val()).isEqualTo(EVIL);
        Document removed =
                OwnerDesk.page(desk.submit(desk.get(at("/owner/member/remove", "id", EVIL)), "/owner/member/remove"));
        assertThat(desk.owner().accounts("notes").all())
                .extracting(ConnectedAccount::member)
                .isEmpty();
        assertThat(removed.select("script, img")).isEmpty();
    }

    @Test
    void everyKindOfFieldIsSavedAndShown() {
        Document page = desk.connection("notes");
        String pem = "-----BEGIN PRIVATE KEY-----";
        desk.submit(
                OwnerDesk.group(page, "settings"),
                "field.where",
                "there",
                "field.which",
                "b",
                "field.yes",
                "true",
                "field.many",
                "x",
                "field.notes",
                "one\r\n two",
                "field.pem",
                pem);
        Connection saved = desk.owner().get("notes");
        assertThat(saved.fields())
                .isEqualTo(Map.of("where", "there", "which", "b", "yes", "true", "many", "x", "notes", "one\n two"));
        assertThat(saved.secrets()).contains("pem");
        Document after = desk.connection("notes");
        assertThat(after.html()).doesNotContain(pem);
        assertThat(after.select("#settings-which option[selected]").val()).isEqualTo("b");
        assertThat(after.select("#settings-yes").hasAttr("checked")).isTrue();
        assertThat(after.select("#settings-many input[value=x]").hasAttr("checked"))
                .isTrue();
        desk.submit(OwnerDesk.group(after, "settings"), "field.which", "", "field.yes", null, "field.many", null);
        assertThat(desk.owner().get("notes").fields())
                .isEqualTo(Map.of("where", "there", "yes", "false", "notes", "one\n two"));
        assertThat(desk.owner().get("notes").secrets()).contains("pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/owner/connection",
                "/owner/accounts",
                "/owner/connection/retire",
                "/owner/connection/reconnect",
                "/owner/connection/delete"
            })
    void whatIsUnknownAndWhatIsForeignLookAlike(String path) {
        WebResponse unknown = desk.raw(at(path, "name", "nothing"));
        WebResponse foreign = desk.raw(at(path, "name", "theirs"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(foreign).isEqualTo(unknown);
        assertThat(desk.raw(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/owner/connection/save",
                "/owner/connection/options",
                "/owner/connection/switch",
                "/owner/connection/retire",
                "/owner/connection/reconnect",
                "/owner/connection/delete",
                "/owner/member/remove",
                "/owner/new"
            })
    void nothingIsDoneWithoutTheFormsTokenOrForAnybodyElse(String path) {
        Map<String, List<String>> form = Map.of(
                "name", List.of("notes"),
                "id", List.of(EVIL),
                "group", List.of("app"),
                "field.clientId", List.of("stolen"),
                "provider", List.of("evil"),
                "confirm", List.of("notes"),
                "to", List.of("off"));
        Map<String, List<String>> trusted = new java.util.HashMap<>(form);
        trusted.put("csrf", List.of(OwnerDesk.TOKEN.value()));
        assertThat(desk.send("POST", path, form).status()).isEqualTo(403);
        Map<String, List<String>> mistyped = new java.util.HashMap<>(form);
        mistyped.put("csrf", List.of("bad"));
        assertThat(desk.send("POST", path, mistyped).status()).isEqualTo(403);
        desk.login(new Caller(TENANT, "mia", false));
        WebResponse member = desk.send("POST", path, trusted);
        WebResponse nowhere = desk.send("POST", "/owner/nowhere", trusted);
        assertThat(member.status()).isEqualTo(404);
        assertThat(member.body()).isEqualTo(nowhere.body());
        desk.login(null);
        assertThat(desk.send("POST", path, trusted).status()).isEqualTo(401);
        Map<String, List<String>> theirs = new java.util.HashMap<>(trusted);
        theirs.put("name", List.of("theirs"));
        theirs.put("id", List.of("somebody"));
        if (!path.equals("/owner/new")) {
            desk.login(new Caller(TENANT, "olga", true));
            assertThat(desk.send("POST", path, theirs).status()).isEqualTo(404);
        }
        Connection connection = desk.owner().get("notes");
        assertThat(connection.enabled()).isTrue();
        assertThat(connection.clientId()).contains("<b>id</b>");
        assertThat(desk.owner().list()).hasSize(1);
        assertThat(desk.owner().accounts("notes").all()).allMatch(ConnectedAccount::ready);
        assertThat(desk.world.bulla().tenant("other").connections().list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/owner", "/owner/new", "/owner/connection?name=notes", "/owner/members", "/owner/nowhere"})
    void pagesAreForOwnersOnly(String path) {
        desk.login(new Caller(TENANT, "mia", false));
        WebResponse answer = desk.raw(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(desk.raw("/owner/nowhere").body()).doesNotContain("notes");
        desk.login(null);
        assertThat(desk.raw(path).status()).isEqualTo(401);
    }

    @Test
    void nothingIsDoneByAGet() {
        for (String path : List.of("save", "options", "switch")) {
            assertThat(desk.raw("/owner/connection/" + path + "?name=notes&to=off")
                            .status())
                    .isGreaterThanOrEqualTo(400);
        }
        assertThat(desk.owner().get("notes").enabled()).isTrue();
    }
}
