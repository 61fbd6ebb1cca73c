package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.at;
import static dev.bulla.pages.OwnerDesk.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ConnectionTools.Listed;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.UrlTemplate;
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
    private final OwnerDesk desk = new OwnerDesk(FakeService.speaking(GitHub.create())).withCode(GitHub.ID);

    @BeforeEach
    void connect() {
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
        Map<String, List<String>> none = Map.of("csrf", List.of(token), "name", List.of("code"));
        assertThat(desk.follow(desk.send("POST", "/owner/tools/offer", none)).text())
                .contains("What is ticked is offered, and nothing else");
        assertThat(offered()).isEmpty();
        assertThat(desk.follow(desk.submit(tools(), "/owner/tools/offer", "which", "all"))
                        .text())
                .contains("All tools are offered");
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
    void aListIsTakenOverByAnAccountOfTheOwner() {
        assertThat(tools().select("#import")).isEmpty();
        OAuth2Spec spec = OAuth2Spec.builder("https://mcp.example/authorize", "https://mcp.example/token")
                .identity("https://mcp.example/me", "id", "name")
                .build();
        Provider provider = Provider.builder("tracker", "Tracker")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.endpoint(UrlTemplate.of("https://mcp.example/mcp")))
                .custom()
                .build();
        FakeService server = FakeService.speaking(provider).api(call -> FakeService.json(200, """
                        {"jsonrpc": "2.0", "id": 1, "result": {"tools": [
                         {"name": "find", "description": "Finds <things>", "inputSchema": {"type": "object"}}]}}"""));
        try (OwnerDesk other = new OwnerDesk(server)) {
            other.owner().create("tracker", "tracker");
            other.owner().save("tracker", Settings.clientId("app").clientSecret("secret"));
            Document before = other.get(at("/owner/tools", "name", "tracker"));
            assertThat(before.text()).contains("you have none");
            assertThat(before.select("form[action=/bulla/owner/tools/import]")).isEmpty();

            other.world.connect(TENANT, "olga", "tracker");
            Document page = other.get(at("/owner/tools", "name", "tracker"));
            Document after = other.follow(other.submit(page, "/owner/tools/import"));
            assertThat(after.text()).contains("find", "Finds <things>", "The MCP server's list");
        }
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
