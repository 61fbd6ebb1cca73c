package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.at;
import static dev.bulla.pages.OwnerDesk.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ConnectionTools.Listed;
import dev.bulla.model.Settings;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.web.Caller;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToolPagesTest {
    private final OwnerDesk desk = new OwnerDesk(FakeService.speaking(GitHub.create()));

    @BeforeEach
    void connect() {
        desk.owner().create("code", "github");
        desk.owner().save("code", Settings.clientId("app").clientSecret("secret"));
        desk.world.connect(TENANT, "alice", "code");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Document tools() {
        return desk.get(at("/owner/tools", "name", "code"));
    }

    private List<String> offered() {
        return desk.owner().tools("code").list().stream()
                .filter(Listed::offered)
                .map(listed -> listed.tool().name())
                .toList();
    }

    @Test
    void aConnectionLeadsToItsTools() {
        Document page = desk.connection("code");
        assertThat(desk.get(OwnerDesk.path("https://host.test"
                                + page.select("#governance ~ ul a:contains(Tools)")
                                        .attr("href")))
                        .text())
                .contains("Tools of code", "get_repository", "Reads", "Deletes", "The service");
    }

    @Test
    void whatIsNotTickedIsNotOffered() {
        List<String> all = offered();
        String token = tools().select("input[name=csrf]").first().val();
        WebResponse answer = desk.send(
                "POST",
                "/owner/tools/offer",
                Map.of(
                        "csrf",
                        List.of(token),
                        "name",
                        List.of("code"),
                        "tool",
                        List.of("get_repository", "search_issues")));
        assertThat(desk.follow(answer).select("input[name=tool][checked]").eachAttr("value"))
                .containsExactlyInAnyOrder("get_repository", "search_issues");
        assertThat(offered()).hasSize(2);
        desk.send("POST", "/owner/tools/offer", Map.of("csrf", List.of(token), "name", List.of("code"), "tool", all));
        assertThat(offered()).isEqualTo(all);
        WebResponse none =
                desk.send("POST", "/owner/tools/offer", Map.of("csrf", List.of(token), "name", List.of("code")));
        assertThat(none.status()).isEqualTo(422);
        assertThat(offered()).isEqualTo(all);
    }

    @Test
    void anOwnerAddsATool() {
        String json = """
                {"name": "list_emojis", "description": "All emojis", "tier": "read", "input": {"properties": {}},
                 "http": {"method": "GET", "path": "/emojis"}}""";
        WebResponse bad = desk.submit(tools(), "/owner/tools/add", "json", json.replace("\"read\"", "\"none\""));
        assertThat(bad.status()).isEqualTo(422);
        assertThat(page(bad).select("textarea").text()).contains("list_emojis");
        Document good = desk.follow(desk.submit(tools(), "/owner/tools/add", "json", json));
        assertThat(good.select("#added ~ ul").text()).contains("list_emojis");
        assertThat(desk.follow(desk.submit(good, "/owner/tools/remove")).text()).doesNotContain("list_emojis");
    }

    @Test
    void aMemberSeesWhatCanBeUsed() {
        desk.login(new Caller(TENANT, "alice", false));
        assertThat(desk.get("/tools").text()).contains("code__get_repository").doesNotContain("delete_repository");
        assertThat(desk.raw(at("/owner/tools", "name", "code")).status()).isEqualTo(404);
        desk.login(new Caller(TENANT, "bob", false));
        assertThat(desk.get("/tools").text()).contains("Nothing yet");
    }
}
