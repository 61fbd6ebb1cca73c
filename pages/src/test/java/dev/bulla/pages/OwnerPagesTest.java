package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.group;
import static dev.bulla.pages.OwnerDesk.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import dev.bulla.provider.Mode;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.google.Google;
import dev.bulla.providers.shopify.Shopify;
import dev.bulla.testkit.FakeService;
import dev.bulla.web.WebResponse;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnerPagesTest {
    private static final String SECRET = "s3cret-of-the-app";

    private final OwnerDesk desk = new OwnerDesk(
            FakeService.speaking(GitHub.create()),
            FakeService.speaking(Google.create()),
            FakeService.speaking(Shopify.create()));

    @AfterEach
    void nothingThatIsSecretWasShown() {
        assertThat(desk.answers).noneMatch(answer -> answer.body().contains(SECRET));
        assertThat(desk.answers).noneMatch(answer -> answer.headers().toString().contains(SECRET));
        desk.close();
    }

    private Connection configured(String name, String provider) {
        desk.owner().create(name, provider);
        return desk.owner()
                .save(name, Settings.clientId("id-of-" + name).clientSecret(SECRET))
                .connection();
    }

    @Test
    void aConnectionIsCreatedInTwoSteps() {
        Document services = desk.get("/owner/new");
        assertThat(services.select("ul.cards h3").eachText()).containsExactly("GitHub", "Google", "Shopify");
        assertThat(desk.get("/owner/new?q=gitH").select("ul.cards h3").eachText())
                .containsExactly("GitHub");
        Document details = desk.get("/owner/new?provider=github");
        assertThat(details.select("input[name=mode]").eachAttr("value")).containsExactly("OWN_APP", "FORM");
        assertThat(details.select("input[name=mode][checked]").eachAttr("value"))
                .containsExactly("OWN_APP");
        assertThat(details.select("input[name=name]").val()).isEqualTo("github");
        Document created = desk.follow(desk.submit(details, "/owner/new"));
        assertThat(created.select("h1").text()).isEqualTo("github");
        assertThat(created.select("[role=status]").text()).contains("Created");
        assertThat(desk.get("/owner/new?provider=github")
                        .select("input[name=name]")
                        .val())
                .isEqualTo("github-2");
        desk.submit(desk.get("/owner/new?provider=github"), "/owner/new", "mode", "FORM", "name", "keys");
        assertThat(desk.owner().get("keys").mode()).isEqualTo(Mode.FORM);
    }

    @Test
    void aNameThatIsTakenOrBadIsToldAndKept() {
        desk.owner().create("notes", "github");
        WebResponse taken =
                desk.submit(desk.get("/owner/new?provider=github"), "/owner/new", "name", "notes", "mode", "FORM");
        assertThat(taken.status()).isEqualTo(422);
        assertThat(page(taken).select(".error-summary a").attr("href")).isEqualTo("#name");
        assertThat(page(taken).select("#name").val()).isEqualTo("notes");
        assertThat(page(taken).select("#name").attr("aria-describedby")).contains("name-error");
        assertThat(page(taken).select("input[name=mode][checked]").val()).isEqualTo("FORM");
        WebResponse bad = desk.submit(desk.get("/owner/new?provider=github"), "/owner/new", "name", "a/b\"<i>");
        assertThat(page(bad).select("#name").val()).isEqualTo("a/b\"<i>");
        assertThat(page(bad).select("i")).isEmpty();
    }

    @Test
    void whatASetupLacksComesFirstWithTheWayToTheField() {
        desk.owner().create("notes", "github");
        desk.owner().create("files", "google");
        desk.owner().save("notes", Settings.none().required(true));
        Document panel = desk.get("/owner");
        Element first = panel.select("section").first();
        assertThat(first.select("li").text()).isEqualTo("notes: Client ID, Client secret");
        String link = first.select("li a").first().attr("href");
        assertThat(link).isEqualTo("/bulla/owner/connection?name=notes#app-clientId");
        Document page = desk.get(OwnerDesk.path(link));
        assertThat(page.getElementById("app-clientId").attr("name")).isEqualTo("field.clientId");
        desk.submit(group(page, "app"), "field.clientId", "x", "field.clientSecret", SECRET);
        assertThat(desk.get("/owner").select("section")).isEmpty();
        desk.owner().disable("notes");
        assertThat(desk.get("/owner").select("section li").text()).isEqualTo("notes: It is switched off");
    }

    @Test
    void aCardTellsProviderModeStateAndAccounts() {
        configured("notes", "github");
        desk.world.connect(OwnerDesk.TENANT, "alice", "notes");
        desk.world.connect(OwnerDesk.TENANT, "bob", "notes");
        desk.world.bulla().tenant(OwnerDesk.TENANT).member("bob").disconnect("notes");
        Element card = desk.get("/owner").select("li.card").first();
        assertThat(card.select("h3 a").attr("href")).isEqualTo("/bulla/owner/connection?name=notes");
        assertThat(card.text())
                .contains("GitHub", "Your own app", "enabled", "Connected: 1", "Disconnected: 1")
                .doesNotContain("incomplete");
        desk.owner().save("notes", Settings.none().scopes("repo", "read:org"));
        assertThat(desk.get("/owner").select("li.card").text()).contains("One account needs a new consent");
    }

    @Test
    void theCallbackUrlIsToBeCopiedByteForByte() {
        Connection connection = configured("notes", "github");
        Document page = desk.connection("notes");
        Element field = page.getElementById("redirect-uri");
        assertThat(field.val()).isEqualTo(connection.redirectUri().toString());
        assertThat(field.hasAttr("readonly")).isTrue();
        assertThat(page.select("label[for=redirect-uri]").text()).contains("GitHub");
        assertThat(page.getElementById("redirect-uri-hint").text()).contains("byte for byte");
        assertThat(page.select("button[data-copy=redirect-uri]").text()).isEqualTo("Copy the callback URL");
        desk.owner().create("keys", "github", Mode.FORM);
        assertThat(desk.connection("keys").getElementById("redirect-uri")).isNull();
    }

    @Test
    void anEmptyBoxKeepsTheSecret() {
        configured("notes", "github");
        Document page = desk.connection("notes");
        Element secret = page.getElementById("app-clientSecret");
        assertThat(secret.val()).isEmpty();
        assertThat(secret.attr("type")).isEqualTo("password");
        assertThat(page.select("form:has(#app-clientSecret)").text()).contains("Set, and never shown");
        desk.submit(group(page, "app"), "field.clientId", "another");
        Connection saved = desk.owner().get("notes");
        assertThat(saved.clientId()).contains("another");
        desk.submit(group(desk.connection("notes"), "app"), "field.clientId", "id-of-notes");
        assertThat(desk.owner().get("notes").missing()).isEmpty();
    }

    @Test
    void goodValuesAreSavedBesideRefusedOnesAndWhatWasTypedStays() {
        desk.owner().create("shop", "shopify");
        Document page = desk.connection("shop");
        WebResponse refused = desk.submit(group(page, "settings"), "field.shop", "not a \"shop\"<b>");
        assertThat(refused.status()).isEqualTo(422);
        Element box = page(refused).getElementById("settings-shop");
        assertThat(box.val()).isEqualTo("not a \"shop\"<b>");
        assertThat(box.attr("aria-invalid")).isEqualTo("true");
        assertThat(page(refused).getElementById("settings-shop-error").text()).isNotEmpty();
        assertThat(page(refused)
                        .select(".error-summary[autofocus][role=alert] a")
                        .attr("href"))
                .isEqualTo("#settings-shop");
        assertThat(page(refused).select("b")).isEmpty();
        assertThat(page(refused).text()).doesNotContain("Everything else was saved");
        WebResponse half = desk.submit(
                group(desk.connection("shop"), "app"),
                "field.clientId",
                "with blank in it",
                "field.clientSecret",
                SECRET);
        assertThat(half.status()).isEqualTo(422);
        assertThat(page(half).getElementById("app-clientId").val()).isEqualTo("with blank in it");
        assertThat(page(half).getElementById("app-clientSecret").val()).isEmpty();
        long revision = desk.owner().get("shop").revision();
        desk.submit(group(desk.connection("shop"), "app"));
        assertThat(desk.owner().get("shop").revision()).isEqualTo(revision);
        WebResponse rest = desk.submit(
                group(desk.connection("shop"), "app"),
                "field.clientId",
                "good",
                "field.clientSecret",
                "\u0007" + SECRET);
        assertThat(page(rest).text()).contains("Everything else was saved");
        assertThat(desk.owner().get("shop").clientId()).contains("good");
    }

    @Test
    void partsOfTheAddressAreAskedForBeforeTheSecrets() {
        desk.owner().create("shop", "shopify");
        Document page = desk.connection("shop");
        assertThat(page.select("input[name=group]").eachAttr("value")).startsWith("settings");
        assertThat(page.select("#part-settings").text()).contains("Save these before the secrets");
    }

    @Test
    void scopesAreTickedAndFurtherOnesTyped() {
        configured("notes", "google");
        Document page = desk.connection("notes");
        Element consent = group(page, "consent");
        Element needed = consent.select("input[type=checkbox][value=openid]").first();
        assertThat(needed.hasAttr("disabled") && needed.hasAttr("checked")).isTrue();
        assertThat(consent.text()).contains("always", "suggested");
        Document untouched = desk.follow(desk.submit(consent));
        assertThat(untouched.select("#history ~ div tbody tr").text()).doesNotContain("Scopes");
        Document saved = desk.follow(
                desk.submit(consent, "scopes.other", "https://www.googleapis.com/auth/extra.two\r\n  \r\nextra.one"));
        assertThat(desk.owner().get("notes").scopes())
                .contains("openid", "https://www.googleapis.com/auth/extra.two", "extra.one");
        assertThat(group(saved, "consent")
                        .select("textarea")
                        .first()
                        .wholeText()
                        .strip()
                        .lines())
                .containsExactlyInAnyOrder("https://www.googleapis.com/auth/extra.two", "extra.one");
        desk.submit(group(saved, "consent"), "scope", null, "scopes.other", "");
        assertThat(desk.owner().get("notes").scopes()).containsExactly("openid");
    }

    @Test
    void newScopesSayHowManyMustConsentAgain() {
        configured("notes", "github");
        assertThat(desk.connection("notes").select("form .note")).isEmpty();
        desk.world.connect(OwnerDesk.TENANT, "alice", "notes");
        desk.world.connect(OwnerDesk.TENANT, "bob", "notes");
        assertThat(desk.connection("notes").select("form .note").text())
                .contains("2 accounts are connected", "new consent");
        Document after =
                desk.follow(desk.submit(group(desk.connection("notes"), "consent"), "scopes.other", "admin:org"));
        assertThat(after.select("form .note").text()).contains("2 accounts need one already");
    }

    @Test
    void aRefusedScopeStaysTyped() {
        configured("notes", "github");
        WebResponse refused =
                desk.submit(group(desk.connection("notes"), "consent"), "scopes.other", "good\nb\\ad\"<i>");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(page(refused).select("textarea[name=scopes.other]").text()).contains("b\\ad\"<i>");
        assertThat(page(refused).select(".error-summary a").attr("href")).isEqualTo("#consent-scopes");
        assertThat(page(refused).getElementById("consent-scopes").attr("aria-invalid"))
                .isEqualTo("true");
    }

    @Test
    void theWalkthroughIsOpenWhileSomethingIsMissing() {
        desk.owner().create("notes", "github");
        Element guide = desk.connection("notes").select("details.guide").first();
        assertThat(guide.hasAttr("open")).isTrue();
        assertThat(guide.select("h3").eachText()).contains("Register", "Redirect URI");
        assertThat(guide.select("em").eachText()).isNotEmpty();
        desk.owner().save("notes", Settings.clientId("x").clientSecret(SECRET));
        assertThat(desk.connection("notes").select("details.guide").first().hasAttr("open"))
                .isFalse();
    }

    @Test
    void historyNamesFieldsAndPeopleWithoutValues() {
        desk.owner().create("notes", "github");
        desk.submit(group(desk.connection("notes"), "app"), "field.clientId", "the-id", "field.clientSecret", SECRET);
        Element table = desk.connection("notes")
                .select("table:has(caption:contains(Who changed))")
                .first();
        assertThat(table.select("thead th[scope=col]").eachText()).containsExactly("When", "Who", "Fields");
        assertThat(table.select("tbody td").eachText()).contains("olga", "Client ID, Client secret");
        assertThat(table.text()).doesNotContain("the-id");
        desk.submit(group(desk.connection("notes"), "app"));
        assertThat(desk.connection("notes").select("table:has(caption:contains(Who changed)) tbody tr"))
                .hasSize(1);
    }

    @Test
    void rulesAndSwitch() {
        configured("notes", "github");
        desk.submit(
                desk.connection("notes"), "/owner/connection/options", "required", "true", "memberKeyFirst", "true");
        assertThat(desk.owner().get("notes"))
                .returns(true, Connection::required)
                .returns(true, Connection::memberKeyFirst);
        desk.submit(desk.connection("notes"), "/owner/connection/options", "required", null);
        assertThat(desk.owner().get("notes"))
                .returns(false, Connection::required)
                .returns(true, Connection::memberKeyFirst);
        Document off = desk.follow(desk.submit(desk.connection("notes"), "/owner/connection/switch"));
        assertThat(desk.owner().get("notes").enabled()).isFalse();
        assertThat(off.select("[role=status]").text()).contains("Switched off");
        desk.submit(off, "/owner/connection/switch");
        assertThat(desk.owner().get("notes").enabled()).isTrue();
    }

    @Test
    void everyPageIsLabelledAndInOrder() {
        configured("notes", "google");
        desk.owner().create("shop", "shopify");
        desk.world.connect(OwnerDesk.TENANT, "alice", "notes");
        for (String path : new String[] {
            "/owner",
            "/owner/new",
            "/owner/new?provider=google",
            "/owner/connection?name=notes",
            "/owner/connection?name=shop",
            "/owner/accounts?name=notes",
            "/owner/members",
            "/owner/member?id=alice",
            "/owner/member/remove?id=alice",
            "/owner/connection/reconnect?name=notes",
            "/owner/connection/retire?name=notes",
            "/owner/connection/delete?name=notes"
        }) {
            Document page = desk.get(path);
            assertThat(page.select("h1")).as(path).hasSize(1);
            int former = 1;
            for (Element heading : page.select("main h2, main h3, main h4, main h5")) {
                int level = heading.tagName().charAt(1) - '0';
                assertThat(level).as(path + ": " + heading.text()).isLessThanOrEqualTo(former + 1);
                former = level;
            }
            assertThat(page.select("[id]").eachAttr("id")).as(path).doesNotHaveDuplicates();
            for (Element field : page.select("main input:not([type=hidden]), main select, main textarea")) {
                boolean labelled = field.closest("label") != null
                        || !page.select("label[for=" + field.id() + "]").isEmpty();
                assertThat(labelled).as(path + ": " + field.outerHtml()).isTrue();
                for (String id : field.attr("aria-describedby").split(" ")) {
                    assertThat(id.isEmpty() || page.getElementById(id) != null)
                            .as(path + " #" + id)
                            .isTrue();
                }
            }
            assertThat(page.select("table"))
                    .as(path)
                    .allMatch(table -> !table.select("th[scope]").isEmpty());
            assertThat(page.select("form[method=post]"))
                    .as(path)
                    .allMatch(form -> form.select("input[name=csrf]").size() == 1);
            assertThat(page.select("[style], script:not([src]), [onclick]"))
                    .as(path)
                    .isEmpty();
        }
    }
}
