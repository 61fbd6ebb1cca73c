package dev.bulla.pages;

import static dev.bulla.pages.OwnerDesk.TENANT;
import static dev.bulla.pages.OwnerDesk.at;
import static dev.bulla.pages.OwnerDesk.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.MemberKeys;
import dev.bulla.key.MemberKey;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.web.Caller;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntityPagesTest {
    private static final String HOSTILE = "<img src=x>";
    private final OwnerDesk desk =
            new OwnerDesk(FakeService.speaking(GitHub.create()).api(EntityPagesTest::answer)).withCode(GitHub.ID);

    private static HttpAnswer answer(HttpCall call) {
        return FakeService.json(200, """
                [{"name": "hello", "full_name": "octo/hello", "owner": {"login": "octo"}, "visibility": "private", "archived": false,
                  "fork": false, "topics": ["api", "web"], "description": "never kept"},
                 {"name": "%s", "full_name": "octo/other", "owner": {"login": "octo"}, "visibility": "public"}]""".formatted(HOSTILE));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Document things(String... more) {
        String[] query = new String[more.length + 2];
        query[0] = "name";
        query[1] = "code";
        System.arraycopy(more, 0, query, 2, more.length);
        return desk.get(at("/owner/things", query));
    }

    private Document look(Document page, String... filled) {
        WebResponse answer = desk.submit(page, "/owner/things/look", filled);
        assertThat(answer.status()).isEqualTo(200);
        return page(answer);
    }

    @Test
    void withoutAnAccountThePageSaysWhatItTakes() {
        assertThat(desk.connection("code").select("#governance ~ ul").text()).contains("What is known");
        Document page = things();
        assertThat(page.text()).contains("Repositories", "you have none");
        assertThat(page.select("form[action=/bulla/owner/things/look]")).isEmpty();
        assertThat(desk.get(at("/owner/policy", "name", "code"))
                        .select("a:contains(What is known)")
                        .eachAttr("href"))
                .hasSize(1);
    }

    @Test
    void ownerLooksAndPoliciesAreChosenFromWhatIsSeen() {
        desk.world.connect(TENANT, "olga", "code");
        assertThat(desk.get(at("/owner/policy", "name", "code")).text())
                .contains("Nothing is known of the service yet");
        assertThat(look(things()).select("[role=status]").text()).contains("repository: 2 seen");

        Document list = things("kind", "repository", "search", "HELL");
        assertThat(list.select("tbody").text())
                .contains("octo/hello", "topics = api | web")
                .doesNotContain("never kept");
        assertThat(list.select("tbody code").eachText()).containsExactly("octo/hello");
        Document sheet = desk.get(at("/owner/policy", "name", "code"));
        assertThat(sheet.select("#known option").eachAttr("value")).contains("octo/hello");

        Document after = desk.follow(desk.submit(things("kind", "repository"), "/owner/things/forget"));
        assertThat(after.text()).contains("Deleted");
        assertThat(desk.owner().entities("code").list("repository").entities()).isEmpty();
    }

    @Test
    void sealedAccountIsOpenedByTheKeyForThisOnce() {
        MemberKeys keys = desk.world.bulla().tenant(TENANT).member("olga").keys();
        String key = keys.issue().text();
        keys.confirm(MemberKey.parse(key));
        desk.world.connect(TENANT, "olga", "code");
        Document page = things();
        WebResponse without = desk.submit(page, "/owner/things/look");
        assertThat(without.status()).isEqualTo(422);
        assertThat(page(without).select(".error-summary a[href=#key]")).hasSize(1);
        assertThat(look(page(without), "key", key).text()).contains("repository: 2 seen");
    }

    @Test
    void whatPoliciesDenyIsNotListed() {
        desk.world.connect(TENANT, "olga", "code");
        desk.owner()
                .policies("code")
                .list()
                .forEach(version -> desk.owner().policies("code").disable(version.id()));
        assertThat(look(things()).select("[role=status]").text()).contains("repository", "POLICY_DENIED");
        assertThat(desk.owner().entities("code").list("repository").entities()).isEmpty();
    }

    @Test
    void membersSeeNothingOfIt() {
        desk.world.connect(TENANT, "alice", "code");
        desk.login(new Caller(TENANT, "alice", false));
        assertThat(desk.raw(at("/owner/things", "name", "code")).status()).isEqualTo(404);
        assertThat(desk.send(
                                "POST",
                                "/owner/things/look",
                                Map.of("csrf", List.of("good-token"), "name", List.of("code")))
                        .status())
                .isEqualTo(404);
    }
}
