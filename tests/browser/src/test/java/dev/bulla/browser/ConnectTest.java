package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A member connects: in the same window, and comes back. */
class ConnectTest extends InBrowser {
    @Test
    void memberConsentsAndIsConnected() {
        house.ready("consents");
        panel("consents", "alice");
        look("panel");
        browser.press("Connect notes");
        logIn(browser, "alice").press("Allow").reads("Alice Adams");
        assertThat(browser.heading()).isEqualTo("Demo Notes is connected");
        look("result-connected");
        assertThat(house.account("consents", "notes").displayName()).contains("Alice Adams");
        browser.press("Back to your services").reads("Alice Adams");
        look("panel-connected");
        assertThat(Referers.leaving(browser, house.at("/"))).isEmpty();
    }

    @Test
    void keyboardAloneIsEnough() {
        house.ready("keyboard");
        panel("keyboard", "alice");
        browser.tabTo("Connect notes").keys(Browser.ENTER);
        browser.reads("Log in").tabTo("Name").keys("alice").tabTo("Password").keys("alice" + Browser.ENTER);
        browser.reads("Allow " + house.app("keyboard") + "?").tabTo("Allow").keys(Browser.ENTER);
        browser.reads("is connected").tabTo("Back to your services").keys(Browser.ENTER);
        browser.reads("Your services").reads("Alice Adams");
    }

    @Test
    void declinedConsentIsSaidAndLeavesNothing() {
        house.ready("declines");
        panel("declines", "alice").press("Connect notes");
        logIn(browser, "alice").press("Deny").arrives(house.at("/bulla/result"));
        look("result-declined");
        assertThat(house.accounts("declines")).isEmpty();
    }

    @Test
    void consentAfterAQuarterOfAnHourIsTooLate() {
        house.ready("late");
        panel("late", "alice").press("Connect notes");
        logIn(browser, "alice").reads("Allow " + house.app("late") + "?");
        house.clock.advance(Duration.ofMinutes(15).plusSeconds(1));
        browser.press("Allow").arrives(house.at("/bulla/result"));
        look("result-expired");
        assertThat(house.accounts("late")).isEmpty();
    }

    @Test
    void twoTabsDoNotDisturbEachOther() {
        house.ready("tabs");
        house.ready("tabs", "more", Services.NOTES);
        String first = browser.window();
        panel("tabs", "alice").press("Connect notes");
        logIn(browser, "alice").reads("Allow " + house.app("tabs") + "?");
        browser.newTab();
        browser.open(house.at("/bulla/")).press("Connect more").reads("Allow " + house.app("tabs", "more") + "?");
        browser.turnTo(first).press("Allow").reads("is connected");
        browser.turnToOtherThan(first).press("Allow").reads("is connected");
        assertThat(house.accounts("tabs")).hasSize(2);
    }

    @Test
    void twoTabsWithTheSameServiceBothEndWell() {
        house.ready("same");
        String first = browser.window();
        panel("same", "alice").press("Connect notes");
        logIn(browser, "alice").reads("Allow");
        browser.newTab();
        browser.open(house.at("/bulla/"))
                .press("Connect notes")
                .reads("Allow")
                .press("Allow")
                .reads("is connected");
        browser.turnTo(first).press("Allow").reads("is connected");
        assertThat(house.account("same", "notes").ready()).isTrue();
    }

    @Test
    void goingBackAndAllowingAgainChangesNothing() {
        house.ready("back");
        panel("back", "alice").press("Connect notes");
        logIn(browser, "alice").press("Allow").reads("is connected");
        browser.back().reads("Allow " + house.app("back") + "?").press("Allow").arrives(house.at("/bulla/result"));
        assertThat(browser.heading()).doesNotContain("is connected");
        assertThat(house.account("back", "notes").ready()).isTrue();
    }

    @Test
    void anotherBrowserCannotEndAFlow() {
        house.ready("bound");
        panel("bound", "alice").press("Connect notes");
        String authorization = logIn(browser, "alice")
                .reads("Allow " + house.app("bound") + "?")
                .address();
        try (Browser other = Chromium.open()) {
            house.enter(other, "bound", "alice").open(authorization);
            logIn(other, "alice").press("Allow").arrives(house.at("/bulla/result"));
            assertThat(other.heading()).doesNotContain("is connected");
        }
        assertThat(house.accounts("bound")).isEmpty();
        assertThat(house.service.grants("alice"))
                .noneMatch(grant -> grant.clientId().equals(house.app("bound")));
        panel("bound", "alice").press("Connect notes").press("Allow").reads("is connected");
    }

    @Test
    void anotherIdentityIsAskedAbout() {
        house.ready("switch");
        house.connected(browser, "switch", "alice");
        comeBackAsBob("switch");
        look("identity");
        browser.press("Keep it as it was").arrives(house.at("/bulla/result"));
        look("identity-kept");
        assertThat(house.account("switch", "notes").displayName()).contains("Alice Adams");
        comeBackAsBob("switch");
        browser.press("Use Bob Brown from now on").reads("Bob Brown");
        assertThat(house.account("switch", "notes").displayName()).contains("Bob Brown");
    }

    private void comeBackAsBob(String tenant) {
        panel(tenant, "alice").press("Reconnect notes").press("Log in as somebody else");
        logIn(browser, "bob").press("Allow").reads("Bob Brown");
        assertThat(house.account(tenant, "notes").displayName()).contains("Alice Adams");
    }
}
