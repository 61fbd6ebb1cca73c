package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.at;
import static dev.bulla.pages.OwnerDesk.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.policy.Effect;
import dev.bulla.policy.Policy;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Window;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.tool.Tier;
import dev.bulla.web.Caller;
import dev.bulla.web.WebResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyPagesTest {
    private final OwnerDesk desk = new OwnerDesk(FakeService.speaking(GitHub.create())).withCode(GitHub.ID);

    @BeforeEach
    void connect() {
        desk.world.connect(TENANT, "alice", "code");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Document policies() {
        return desk.get(at("/owner/policies", "name", "code"));
    }

    private Document create() {
        return desk.get(at("/owner/policy", "name", "code"));
    }

    private Policy policy(String name) {
        return desk.owner().policies("code").list().stream()
                .flatMap(version -> version.policy().stream())
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String id(String name) {
        return desk.owner().policies("code").list().stream()
                .filter(version -> version.policy().orElseThrow().name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static Element card(Document page, String title) {
        return page.select("li.card:has(h3:contains(" + title + "))").first();
    }

    private int delete() {
        try (Session session = desk.world.bulla().tenant(TENANT).member("alice").session()) {
            return session.call("code", ApiRequest.delete("/repos/octo/hello")).status();
        }
    }

    @Test
    void theBaselineIsShownAndSwitched() {
        assertThat(desk.connection("code").select("#governance ~ ul").text()).contains("Policies");
        Document page = policies();
        assertThat(card(page, "Members may read").text())
                .contains("Permits", "baseline")
                .doesNotContain("Off");
        assertThat(card(page, "Members may delete").text()).contains("Off");
        assertThatThrownBy(this::delete).isInstanceOf(BullaException.class);
        desk.follow(desk.submit(card(page, "Members may delete").select("form").first()));
        assertThat(policy("Members may delete").enabled()).isTrue();
        assertThat(delete()).isLessThan(500);
        desk.follow(desk.submit(
                card(policies(), "Members may delete").select("form").first()));
        assertThatThrownBy(this::delete).isInstanceOf(BullaException.class);
    }

    @Test
    void everyPartOfAPolicyGoesThroughTheForm() {
        Policy whole = new Policy(
                "No deletes at night",
                Effect.FORBID,
                Set.of("delete_repository", "get_repository"),
                Set.of(Tier.DESTRUCTIVE),
                Set.of("alice", "bob"),
                java.util.Optional.of(Window.in(ZoneId.of("Europe/Berlin"))
                        .on(DayOfWeek.SATURDAY)
                        .hours(22, 5)
                        .from(LocalDate.of(2026, 1, 1))
                        .until(LocalDate.of(2026, 12, 31))),
                java.util.List.of(new ResourceCondition(
                        "repository", Set.of("octo/hello", "octo/other"), Map.of("visibility", Set.of("private")))),
                3,
                true,
                "Ask before you delete");
        String id = desk.owner().policies("code").create(whole).id();
        Document form = desk.get(at("/owner/policy", "name", "code", "id", id));
        desk.follow(submit(form));
        assertThat(policy(whole.name())).isEqualTo(whole);
    }

    @Test
    void whatTheFormHasNoPlaceForIsNotChangedByIt() {
        desk.owner().tools("code").add("""
                {"name": "list_emojis", "description": "All emojis", "tier": "read", "http": {"method": "GET", "path": "/emojis"}}""");
        Policy one = Policy.permit("One tool").tools("list_emojis").build();
        Policy comma = Policy.forbid("Comma")
                .resources(ResourceCondition.all("repository").with("topics", "a, b"))
                .build();
        String gone = desk.owner().policies("code").create(one).id();
        String odd = desk.owner().policies("code").create(comma).id();
        Document form = desk.get(at("/owner/policy", "name", "code", "id", gone));
        desk.owner().tools("code").remove("list_emojis");
        for (String id : new String[] {gone, odd}) {
            Document page = desk.get(at("/owner/policy", "name", "code", "id", id));
            assertThat(page.text()).contains("no room for");
            assertThat(page.select("#policy")).isEmpty();
        }
        assertThat(page(submit(form)).text()).contains("no room for");
        assertThat(policy("One tool")).isEqualTo(one);
        assertThat(policy("Comma")).isEqualTo(comma);
    }

    /** As a browser does: every ticked box is sent. */
    private WebResponse submit(Document page, String... filled) {
        Element form = page.select("form:has(#policy)").first();
        java.util.Map<String, java.util.List<String>> sent = new java.util.LinkedHashMap<>();
        for (Element field : form.select("input[name], textarea[name], select[name]")) {
            boolean ticks = field.attr("type").matches("checkbox|radio");
            if (ticks && !field.hasAttr("checked")) {
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
            sent.computeIfAbsent(field.attr("name"), name -> new java.util.ArrayList<>())
                    .add(value);
        }
        sent.put("do", java.util.List.of("save"));
        for (int i = 0; i < filled.length; i += 2) {
            sent.put(filled[i], java.util.List.of(filled[i + 1]));
        }
        return desk.send("POST", "/owner/policy", sent);
    }

    @Test
    void aPolicyIsLookedAtBeforeItIsSaved() {
        try (Session session = desk.world.bulla().tenant(TENANT).member("alice").session()) {
            session.call("code", ApiRequest.get("/user"));
        }
        WebResponse ahead =
                submit(create(), "policy", "Nobody reads", "effect", "FORBID", "tier", "READ", "do", "preview");
        assertThat(ahead.status()).isEqualTo(200);
        assertThat(page(ahead).text()).contains("What it would do", "Of the 1 calls", "forbid");
        assertThat(page(ahead).select("#policy").val()).isEqualTo("Nobody reads");
        assertThat(desk.owner().policies("code").list()).hasSize(4);
        Document after = desk.follow(submit(page(ahead)));
        assertThat(card(after, "Nobody reads").text()).contains("Forbids");
        assertThat(policy("Nobody reads").tiers()).containsExactly(Tier.READ);
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsLost() {
        WebResponse wrong = submit(
                create(),
                "policy",
                "Odd",
                "tool",
                "no_such_tool",
                "hoursFrom",
                "25",
                "zone",
                "Mars/Base",
                "members",
                "zoe");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(page(wrong).select(".error-summary").text()).contains("time zone");
        assertThat(page(wrong).select("#members").val()).contains("zoe");
        WebResponse unknown = submit(create(), "policy", "Odd", "tool", "no_such_tool");
        assertThat(page(unknown).select(".error-summary").text()).contains("no_such_tool");
        WebResponse twice = submit(
                create(),
                "policy",
                "Odd",
                "effect",
                "FORBID",
                "kind0",
                "repository",
                "attributes0",
                "visibility = private\nvisibility = internal");
        assertThat(twice.status()).isEqualTo(422);
        assertThat(page(twice).select(".error-summary").text()).contains("each name once");
        assertThat(desk.owner().policies("code").list()).hasSize(4);
    }

    @Test
    void twoOwnersDoNotOverwriteEachOther() {
        Document mine = desk.get(at("/owner/policy", "name", "code", "id", id("Members may read")));
        desk.owner().policies("code").disable(id("Members may read"));
        WebResponse late = submit(mine, "policy", "Members may read it all");
        assertThat(late.status()).isEqualTo(422);
        assertThat(page(late).text()).contains("changed it meanwhile");
    }

    @Test
    void versionsAreComparedAndBroughtBack() {
        String id = id("Members may read");
        desk.owner()
                .policies("code")
                .replace(
                        id,
                        Policy.permit("Readers").tiers(Tier.READ).members("bob").build());
        Document versions = desk.get(at("/owner/policy/versions", "name", "code", "id", id));
        assertThat(versions.select("pre").text()).contains("- name", "+ name", "bob");
        desk.follow(desk.submit(versions, "/owner/policy/back"));
        assertThat(policy("Members may read").members()).isEmpty();
        desk.follow(desk.submit(desk.get(at("/owner/policy", "name", "code", "id", id)), "/owner/policy/delete"));
        Document gone = policies();
        assertThat(card(gone, "Members may read")).isNull();
        Document deleted = desk.get(OwnerDesk.path("https://host.test"
                + gone.select("details a:contains(Members may read)").attr("href")));
        assertThat(deleted.text()).contains("It was deleted");
        desk.follow(desk.submit(deleted, "/owner/policy/back"));
        assertThat(card(policies(), "Members may read")).isNotNull();
    }

    @Test
    void setsOfSingleMembersAreApart() {
        desk.owner()
                .policies("code")
                .forSet("untrusted")
                .create(Policy.permit("Little").build());
        Document page = policies();
        assertThat(page.select("nav a").eachText()).contains("untrusted");
        assertThat(card(page, "Little")).isNull();
        Document set = desk.get(at("/owner/policies", "name", "code", "set", "untrusted"));
        assertThat(card(set, "Little")).isNotNull();
        desk.follow(submit(desk.get(at("/owner/policy", "name", "code", "set", "untrusted")), "policy", "More"));
        assertThat(desk.owner().policies("code").forSet("untrusted").list()).hasSize(2);
    }

    @Test
    void onlyOwnersSeePolicies() {
        desk.login(new Caller(TENANT, "alice", false));
        for (String path : new String[] {"/owner/policies", "/owner/policy", "/owner/policy/versions"}) {
            assertThat(desk.raw(at(path, "name", "code")).status()).isEqualTo(404);
        }
    }
}
