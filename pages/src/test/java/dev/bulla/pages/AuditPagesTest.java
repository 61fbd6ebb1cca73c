package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.model.Origin;
import dev.bulla.model.Settings;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.web.Caller;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditPagesTest {
    private final FakeService service = FakeService.speaking(GitHub.create());
    private final OwnerDesk desk = new OwnerDesk(service);

    @BeforeEach
    void act() {
        desk.owner().create("code", "github");
        desk.owner().save("code", Settings.clientId("app").clientSecret("secret"));
        desk.world.connect(TENANT, "alice", "code");
        desk.world.connect(TENANT, "bob", "code");
        for (String member : new String[] {"alice", "bob"}) {
            try (Session session =
                    desk.world.bulla().tenant(TENANT).member(member).session()) {
                session.call("code", ApiRequest.get("/user"));
                assertThatThrownBy(() -> session.call("code", ApiRequest.delete("/repos/octo/hello")))
                        .isInstanceOf(BullaException.class);
            }
        }
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static Element row(Document page, String text) {
        return page.select("tbody tr").stream()
                .filter(row -> row.text().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page.select("main").text()));
    }

    @Test
    void anOwnerSeesWhatEverybodyDid() {
        Document page = desk.get("/owner/audit");
        Element denied = row(page, "code__delete_repository");
        assertThat(denied.text()).contains("octo/hello", "Denied", "No policy permits it");
        assertThat(row(page, "GET").text()).contains("Allowed", "\"Members may read\", version", "200");
        assertThat(page.select("tbody td:nth-child(2) a").eachText()).contains("alice", "bob");
        assertThat(page.text()).contains("Account connected", "Connection saved");
    }

    @Test
    void aMemberSeesOwnActsAndNoPolicies() {
        desk.login(new Caller(TENANT, "bob", false));
        Document page = desk.get("/activity");
        assertThat(row(page, "GET").text()).contains("Allowed").doesNotContain("Members may read");
        assertThat(page.select("main").text()).doesNotContain("alice");
        assertThat(desk.raw("/owner/audit").status()).isEqualTo(404);
    }

    @Test
    void theQuestionStandsInTheAddress() {
        Document denied = desk.get(at("/owner/audit", "result", "denied", "member", "bob", "kind", "uses"));
        assertThat(denied.select("tbody tr")).hasSize(1);
        assertThat(denied.select("tbody tr").text()).contains("bob", "code__delete_repository");
        assertThat(denied.select("select[name=result] option[selected]").val()).isEqualTo("denied");
        assertThat(desk.get(at("/owner/audit", "from", "2999-01-01")).text()).contains("Nothing was found");
        assertThat(desk.get(at("/owner/audit", "to", "1999-01-01")).text()).contains("Nothing was found");
        assertThat(desk.get(at("/owner/audit", "connection", "other")).text()).contains("Nothing was found");
        assertThat(desk.get(at("/owner/audit", "from", "2026-02-31", "after", "<x>", "result", "?"))
                        .select("tbody tr"))
                .isNotEmpty();
    }

    @Test
    void whatIsShownCanBeTakenAway() {
        String asked = at("/owner/audit", "result", "denied", "member", "bob", "from", "2020-01-01", "kind", "uses");
        for (String name : new String[] {"CSV", "JSON lines"}) {
            String link = desk.get(asked).select("a:contains(" + name + ")").attr("href");
            assertThat(desk.raw(OwnerDesk.path("https://host.test" + link)).body())
                    .contains("code__delete_repository", "bob")
                    .doesNotContain("alice");
        }
        desk.login(new Caller(TENANT, "bob", false));
        String mine = desk.get("/activity").select("a:contains(CSV)").attr("href");
        assertThat(desk.raw(OwnerDesk.path("https://host.test" + mine)).body())
                .contains("delete_repository")
                .doesNotContain("alice", "Members may read");
    }

    @Test
    void longDownloadsGoOnInParts() {
        try (Session session = desk.world.bulla().tenant(TENANT).member("alice").session()) {
            for (int i = 0; i < 5_010; i++) {
                session.call("code", ApiRequest.get("/user"));
            }
        }
        Document first = desk.get(at("/owner/audit", "member", "alice", "kind", "uses"));
        Document second = desk.get(path(first, "Go on to the next 5000"));
        String all = desk.raw(path(first, "CSV")).body();
        String rest = desk.raw(path(second, "CSV")).body();
        assertThat(all.lines()).hasSize(5_001).first().asString().startsWith("id,at,");
        assertThat(rest.lines())
                .hasSize(12)
                .doesNotContainAnyElementsOf(all.lines().toList());
        assertThat(second.text()).contains("Download the next 5000 entries");
        assertThat(second.select("a:contains(Go on to)")).isEmpty();
    }

    private static String path(Document page, String link) {
        return OwnerDesk.path(
                "https://host.test" + page.select("a:contains(" + link + ")").attr("href"));
    }

    @Test
    void aSessionIsShownWithWhatWasDoneInIt() {
        Document page = desk.get(at("/owner/audit", "member", "bob"));
        Document session = desk.get(path(page, "Same session"));
        Element record = session.select("table:contains(What was done in each session) tbody tr")
                .first();
        assertThat(record.text())
                .contains("1 allowed, 1 denied", "code__delete_repository 1", "Members may read: 1 allowed, 0 denied");
        assertThat(session.select("table").last().select("tbody tr")).hasSize(2);
        assertThat(session.select("input[name=session]").val()).isNotEmpty();
        assertThat(desk.get(at("/owner/audit", "grant", "none")).text()).contains("Nothing was found");
    }

    @Test
    void longListsGoOnWhereTheyEnded() {
        try (Session session = desk.world.bulla().tenant(TENANT).member("alice").session(new Origin("10.0.0.9", ""))) {
            for (int i = 0; i < 60; i++) {
                session.call("code", ApiRequest.get("/user"));
            }
        }
        Document first = desk.get(at("/owner/audit", "member", "alice", "kind", "uses"));
        assertThat(first.select("tbody tr")).hasSize(50);
        assertThat(first.text()).contains("10.0.0.9");
        Document second = desk.get(OwnerDesk.path(
                "https://host.test" + first.select("a:contains(Older)").attr("href")));
        assertThat(second.select("tbody tr")).hasSize(12);
        assertThat(second.select("a:contains(Older)")).isEmpty();
    }

    @Test
    void successThatReportsAFailureIsNoSuccess() {
        service.api(call -> FakeService.json(200, "{\"errors\": [{\"type\": \"FORBIDDEN\"}]}"));
        desk.owner().policies("code").list().stream()
                .filter(version -> version.policy().orElseThrow().name().equals("Members may delete"))
                .forEach(version -> desk.owner().policies("code").enable(version.id()));
        try (Session session = desk.world.bulla().tenant(TENANT).member("alice").session()) {
            session.call("code", ApiRequest.post("/graphql", "{}"));
        }
        assertThat(row(desk.get("/owner/audit"), "POST").text()).contains("200 with a failure");
    }
}
