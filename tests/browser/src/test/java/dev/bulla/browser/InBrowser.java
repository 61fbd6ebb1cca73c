package dev.bulla.browser;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A test in the one browser that all of them share; each begins with nobody logged in. Skipped where no browser is installed. */
abstract class InBrowser {
    private static final class Shared {
        static final Browser BROWSER = Chromium.open();
    }

    final House house = House.get();
    final Browser browser = Shared.BROWSER;

    @BeforeAll
    static void installed() {
        Assumptions.assumeTrue(
                Chromium.missing().isEmpty(), () -> Chromium.missing().orElse(""));
    }

    @BeforeEach
    void begin() {
        house.begin();
        browser.begin();
    }

    /** The member's own pages. */
    Browser panel(String tenant, String person) {
        return house.enter(browser, tenant, person).open(house.at("/bulla/"));
    }

    /** Looks at the page in all ways, under this name. */
    void look(String page) {
        new Look(browser).at(page);
    }

    /** Logs in at the service. */
    static Browser logIn(Browser browser, String user) {
        return browser.type("Name", user).type("Password", user).press("Log in");
    }
}
