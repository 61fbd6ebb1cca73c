package dev.bulla.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Granted;
import dev.bulla.model.Origin;
import dev.bulla.model.Settings;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.tool.ToolEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrantPagesTest {
    private final World world =
            new World().with(PageOptions.of("Workbench").agentsAt(tenant -> "https://host.test/mcp/" + tenant));
    private final Client alice = world.browser("alice");

    @AfterEach
    void close() {
        world.close();
    }

    /** Two services, sealed to the member's key. */
    private String keyed() {
        alice.get("/bulla/").press("Connect acme-notes").agree(world.notes, "Alice N");
        MemberKey key = MemberKey.parse(world.member("alice").keys().issue().text());
        world.member("alice").keys().confirm(key);
        return key.revealText();
    }

    private Session opened(String text) {
        return world.bulla.bulla().tenant(World.TENANT).open(text, Origin.UNKNOWN);
    }

    @Test
    void withoutAKeyThereIsNothingToMake() {
        alice.get("/bulla/").follow("Access for agents");
        assertThat(alice.page().text()).contains("You have given no access.", "you have none yet");
        assertThat(alice.page().select("form")).isEmpty();
    }

    @Test
    void accessIsGivenOnceAndEnded() {
        String key = keyed();
        alice.get("/bulla/grants")
                .tick("acme-notes")
                .fill("How long", "24")
                .fill("Your key", key)
                .press("Make it");
        assertThat(alice.h1()).isEqualTo("For your agent");
        String text = alice.page().select("#grant-text").text();
        assertThat(alice.page().select("dl.facts").text()).contains("https://host.test/mcp/" + World.TENANT);
        assertThat(alice.answer().headers().get("Cache-Control")).containsExactly("no-store");
        assertThat(alice.answer().body()).doesNotContain(key);
        Granted granted = world.member("alice").grants().list().get(0);
        assertThat(granted.connections()).isEqualTo(Set.of("acme-notes"));
        assertThat(granted.expiresAt()).isEqualTo(granted.createdAt().plusSeconds(24 * 3600));

        try (Session agent = opened(text)) {
            assertThat(agent.accounts()).hasSize(1);
        }
        alice.follow("Back to the access that you gave");
        assertThat(alice.page().select("tbody tr").text()).contains("acme-notes");
        alice.press("End it now");
        assertThat(alice.page().select("[role=status]").text()).contains("has ended");
        assertThat(alice.page().text()).contains("You have given no access.");
        assertThat(world.member("alice").grants().list()).isEmpty();
        assertThat(alice.seen)
                .filteredOn(answer -> answer.body().contains(text))
                .hasSize(1);
        assertThat(alice.addresses).noneMatch(address -> address.contains("bullagrant"));
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsMade() {
        String key = keyed();
        alice.get("/bulla/grants").fill("Your key", key).press("Make it");
        assertThat(alice.answer().status()).isEqualTo(422);
        assertThat(alice.page().select(".error-summary").text()).contains("Choose at least one");
        assertThat(alice.answer().body()).doesNotContain(key);

        String wrong = MemberKey.generate().revealText();
        alice.tick("acme-notes").fill("Your key", wrong).press("Make it");
        assertThat(alice.answer().status()).isEqualTo(422);
        assertThat(alice.page().select("input[value=acme-notes]").hasAttr("checked"))
                .isTrue();
        assertThat(alice.answer().body()).doesNotContain(wrong);
        alice.press("Make it");
        assertThat(alice.answer().status()).as("without the key").isEqualTo(422);
        assertThat(world.member("alice").grants().list()).isEmpty();
    }

    /** The tools are there to choose though what they need is sealed to the key. */
    @Test
    void toolsAreChosenByName() {
        try (OwnerDesk desk = new OwnerDesk(FakeService.speaking(GitHub.create()))) {
            desk.owner().create("code", "github");
            desk.owner().save("code", Settings.clientId("app").clientSecret("secret"));
            Member member = desk.world.bulla().tenant(OwnerDesk.TENANT).member("olga");
            MemberKey key = MemberKey.parse(member.keys().issue().text());
            member.keys().confirm(key);
            desk.world.connect(OwnerDesk.TENANT, "olga", "code");

            Map<String, List<String>> sent = new HashMap<>();
            desk.get("/grants").select("input[name=csrf]").forEach(token -> sent.put("csrf", List.of(token.val())));
            assertThat(desk.get("/grants").select("input[name=tool]").eachAttr("value"))
                    .contains("code__get_repository", "code__search_issues");
            assertThat(desk.get("/tools").text()).contains("code__get_repository");
            sent.put("what", List.of("tools"));
            sent.put("tool", List.of("code__get_repository"));
            sent.put("hours", List.of("1"));
            sent.put("key", List.of(key.revealText()));
            Document made = OwnerDesk.page(desk.send("POST", "/grants", sent));

            try (Session agent = desk.world
                    .bulla()
                    .tenant(OwnerDesk.TENANT)
                    .open(made.select("#grant-text").text(), Origin.UNKNOWN)) {
                assertThat(agent.tools()).extracting(ToolEntry::name).containsExactly("code__get_repository");
            }
        }
    }

    @Test
    void anotherMembersAccessIsNotTheirs() {
        String key = keyed();
        alice.get("/bulla/grants")
                .tick("Everything that I may do, and what I connect later")
                .fill("Your key", key);
        alice.press("Make it");
        String id = world.member("alice").grants().list().get(0).id();
        Client bob = world.browser("bob");
        assertThat(bob.get("/bulla/grants").page().text()).contains("You have given no access.");
        bob.post("/bulla/grants/end", Map.of("csrf", List.of("token-of-bob"), "id", List.of(id)));
        assertThat(world.member("alice").grants().list()).hasSize(1);
        alice.post("/bulla/grants/end", Map.of("id", List.of(id)));
        assertThat(alice.answer().status()).isEqualTo(403);
        assertThat(world.member("alice").grants().list()).hasSize(1);
    }
}
