package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** After the consent a member chooses what the account stands for. */
class ChoiceTest extends InBrowser {
    @Test
    void memberBrowsesSearchesAndChoosesSeveral() {
        choosing("browses");
        look("choose");
        browser.press("Use this").reads("Please check what you entered");
        browser.tick("Taxes <2026> & \"more\"").press("Open Projects").tick("Project 12");
        look("choose-opened");
        browser.type("Search", "project 1").press("Search").reads("Project 10");
        assertThat(browser.text()).doesNotContain("Project 9").contains("Taxes <2026> & \"more\"");
        look("choose-searched");
        browser.tick("Project 10").press("Use this").reads("is connected");
        assertThat(house.account("browses", "drive").attributes().get("folders").split(","))
                .containsExactlyInAnyOrder("taxes", "p12", "p10");
    }

    @Test
    void tooManyAreRefusedAndNothingIsLost() {
        choosing("many");
        browser.press("Open Projects")
                .tick("Project 1")
                .tick("Project 2")
                .tick("Project 3")
                .tick("Project 4");
        browser.press("Use this").reads("Please check what you entered");
        look("choose-too-many");
        browser.tick("Project 4").press("Use this").reads("is connected");
        assertThat(house.account("many", "drive").ready()).isTrue();
    }

    @Test
    void choiceThatWaitsIsOnThePanel() {
        choosing("waits");
        browser.press("Choose later").reads("drive");
        look("panel-pending");
        browser.press("Choose drive").tick("Inbox").press("Use this").reads("is connected");
    }

    private void choosing(String tenant) {
        house.ready(tenant, "drive", Services.DRIVE);
        panel(tenant, "alice").press("Connect drive");
        logIn(browser, "alice").press("Allow").reads("What to use at Demo Drive");
    }
}
