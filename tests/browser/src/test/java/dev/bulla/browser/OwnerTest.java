package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An owner sets services up, and sees who is connected. */
class OwnerTest extends InBrowser {
    private Browser owner(String tenant) {
        return house.enter(browser, tenant, "olivia").open(house.at("/bulla/owner"));
    }

    @Test
    void ownerSetsAServiceUpAndSeesWhoConnects() {
        owner("owner");
        look("owner-empty");
        browser.press("New connection");
        look("owner-new");
        browser.press("Demo Notes");
        look("owner-create");
        browser.type("Name", "notes").press("Create connection").reads("Created.");
        look("owner-connection-new");
        String page = browser.address();
        browser.allowClipboard();
        browser.press("Copy the callback URL").reads("Copied");

        browser.open(house.service.at("/apps").toString());
        logIn(browser, "olivia")
                .type("Name of the app", "House")
                .type("Redirect URI", "")
                .control("v");
        assertThat(browser.value("Redirect URI"))
                .isEqualTo(house.connections("owner").get("notes").redirectUri().toString());
        browser.press("Register");
        String id = browser.text("#client-id");
        String secret = browser.text("#client-secret");

        browser.open(page).type("Client ID (needed)", id).press("Save app").reads("Saved.");
        browser.type("Client secret (needed)", secret).press("Save app").reads("Saved.");
        look("owner-connection");
        assertThat(String.valueOf(browser.run("return document.documentElement.outerHTML")))
                .doesNotContain(secret);

        browser.begin();
        house.connected(browser, "owner", "alice");
        owner("owner").reads("Connected: 1");
        look("owner-panel");
        browser.press("Members").reads("alice");
        look("owner-members");
        browser.press("alice").reads("Alice Adams");
        look("owner-member");
    }

    @Test
    void refusedScopesAreSaidBesideTheField() {
        house.ready("refused");
        owner("refused").press("notes").type("Other scopes", "bad\\scope").press("Save scopes");
        browser.reads("Please check what you entered");
        look("owner-refused");
    }

    @Test
    void switchedOffConnectionIsNotOfferedToMembers() {
        house.ready("off");
        owner("off").press("notes").press("Switch off").reads("Switched off.");
        panel("off", "alice");
        assertThat(browser.offers("Connect notes")).isFalse();
        look("panel-empty");
    }

    @Test
    void deletingAsksForTheName() {
        house.ready("delete");
        house.connected(browser, "delete", "alice");
        owner("delete").press("notes").press("Delete connection…");
        look("owner-delete");
        browser.type("Type notes to confirm", "nots").press("Delete it with all accounts");
        browser.reads("This is not the name of the connection");
        browser.type("Type notes to confirm", "notes")
                .press("Delete it with all accounts")
                .reads("notes is deleted");
        look("owner-deleted");
        assertThat(house.connections("delete").list()).isEmpty();
    }

    @Test
    void membersFindNoOwnersPages() {
        house.ready("hidden");
        house.enter(browser, "hidden", "alice").open(house.at("/bulla/owner")).reads("There is no such page");
        look("not-found");
    }
}
