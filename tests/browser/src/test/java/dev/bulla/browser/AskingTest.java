package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.AccountStatus;
import org.junit.jupiter.api.Test;

/** Pages that ask before something is done. */
class AskingTest extends InBrowser {
    @Test
    void ownerIsAskedBeforeAccountsEnd() {
        house.ready("asked");
        house.connected(browser, "asked", "alice");
        house.enter(browser, "asked", "olivia").open(house.at("/bulla/owner/accounts?name=notes"));
        assertThat(browser.reads("Alice Adams").heading()).isEqualTo("Accounts of notes");
        look("owner-accounts");
        browser.open(house.at("/bulla/owner/connection/retire?name=notes"));
        look("owner-retire");
        browser.open(house.at("/bulla/owner/connection/reconnect?name=notes"));
        look("owner-reconnect");
        browser.press("Ask all to reconnect").reads("Members are asked to reconnect");
        assertThat(house.account("asked", "notes").status()).isEqualTo(AccountStatus.RECONNECT_REQUIRED);
        look("owner-reconnected");
        browser.open(house.at("/bulla/owner/members")).press("alice").press("Remove member…");
        look("owner-remove");
        browser.press("Remove this member").reads("The member's accounts and key are gone.");
        assertThat(house.accounts("asked")).isEmpty();
    }

    @Test
    void memberIsAskedForTheKeyWhereItIsNeeded() {
        house.ready("sealed", "drive", Services.DRIVE);
        house.enter(browser, "sealed", "alice").open(house.at("/bulla/connect?connection=drive"));
        look("connect");
        browser.press("Connect drive");
        logIn(browser, "alice").press("Allow").tick("Inbox").press("Use this").reads("is connected");
        String key = house.key(browser);
        browser.open(house.at("/bulla/")).press("Refresh drive");
        look("refresh-sealed");
        browser.open(house.at("/bulla/")).press("Choose again drive");
        look("choose-sealed");
        browser.type("Your key", key).press("Choose").reads("What to use at Demo Drive");
        assertThat(browser.text()).doesNotContain(key);
    }
}
