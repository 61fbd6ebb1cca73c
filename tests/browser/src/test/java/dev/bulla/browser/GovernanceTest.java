package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.error.CallRefused;
import dev.bulla.model.Origin;
import dev.bulla.tool.ToolEntry;
import org.junit.jupiter.api.Test;

/** An owner says what members may do, and everybody sees what was done. */
class GovernanceTest extends InBrowser {
    private void call(String tenant, String tool, String arguments) {
        try (Session session =
                house.bulla.tenant(house.tenant(tenant)).member("alice").session()) {
            session.callTool(tool, arguments);
        }
    }

    @Test
    void anOwnerSaysWhatMembersMayDo() {
        house.ready("rules");
        house.connected(browser, "rules", "alice");
        call("rules", "notes__who_am_i", "{}");
        assertThatThrownBy(() -> call("rules", "notes__delete_note", "{\"note\": \"7\"}"))
                .isInstanceOf(CallRefused.class);

        browser.begin();
        house.enter(browser, "rules", "olivia").open(house.at("/bulla/owner/policies?name=notes"));
        browser.reads("Members may delete");
        look("owner-policies");
        browser.press("New policy")
                .type("Name", "Nobody asks who")
                .tick("Forbids")
                .press("Single tools");
        browser.tick("who_am_i Reads").press("Look ahead").reads("Of the 2 calls of the last 24 hours, 1 are allowed");
        look("owner-policy");
        browser.press("Save the policy").reads("Nobody asks who");
        assertThatThrownBy(() -> call("rules", "notes__who_am_i", "{}")).isInstanceOf(CallRefused.class);
        browser.press("Versions Nobody asks who");
        look("owner-policy-versions");

        browser.open(house.at("/bulla/owner/audit")).reads("notes__delete_note");
        look("owner-audit");
        house.enter(browser, "rules", "alice").open(house.at("/bulla/activity")).reads("notes__delete_note");
        look("activity");
        browser.press("Tools");
        look("tools");
    }

    @Test
    void anOwnerOffersToolsAndTakesWebhooks() {
        house.ready("offers");
        house.enter(browser, "offers", "olivia").open(house.at("/bulla/owner/tools?name=notes"));
        look("owner-tools");
        browser.tick("Offer delete_note").press("Offer what is ticked").reads("Saved.");
        assertThat(house.connections("offers").tools("notes").list().stream()
                        .filter(listed -> listed.offered())
                        .map(listed -> listed.tool().name()))
                .containsExactly("who_am_i");
        browser.open(house.at("/bulla/owner/connection?name=notes")).press("Webhooks");
        browser.press("Make the address").press("Make a secret").reads("It is shown this once.");
        look("owner-webhook");
    }

    @Test
    void aMemberGivesAnAgentAPartAndEndsIt() {
        house.ready("agents");
        house.connected(browser, "agents", "alice");
        String key = house.key(browser);
        browser.open(house.at("/bulla/grants")).tick("These tools, and nothing else");
        look("grants");
        String text = browser.tick("notes__who_am_i")
                .type("Your key", key)
                .press("Make it")
                .text("#grant-text");
        look("grant-shown");
        try (Session agent = house.bulla.tenant(house.tenant("agents")).open(text, Origin.UNKNOWN)) {
            assertThat(agent.tools()).extracting(ToolEntry::name).containsExactly("notes__who_am_i");
            browser.press("Back to the access that you gave").reads("notes__who_am_i");
            assertThat(browser.text()).doesNotContain(text);
            browser.press("End it now").reads("That access has ended.");
            assertThatThrownBy(() -> agent.callTool("notes__who_am_i", "{}")).hasMessageContaining("not known");
        }
        browser.back();
        assertThat(browser.text()).doesNotContain(text);
    }
}
