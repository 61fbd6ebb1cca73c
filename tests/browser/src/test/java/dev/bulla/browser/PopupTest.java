package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A member connects in a popup; the page that opened it hears how it ended, and nothing else. */
class PopupTest extends InBrowser {
    @Test
    void panelLearnsFromItsPopup() {
        house.ready("popup-panel");
        String opener = browser.window();
        panel("popup-panel", "alice").press("Connect notes").turnToOtherThan(opener);
        logIn(browser, "alice").press("Allow");
        browser.awaitWindows(1).turnTo(opener).reads("Alice Adams");
    }

    @Test
    void popupThatWasCutOffEndsWellToo() {
        house.ready("popup-walled", "walled", Services.WALLED);
        String opener = browser.window();
        panel("popup-walled", "alice").press("Connect walled").turnToOtherThan(opener);
        browser.press("Go on");
        assertThat(browser.run("return window.opener")).isNull();
        logIn(browser, "alice").press("Allow");
        browser.awaitWindows(1).turnTo(opener).reads("Alice Adams");
    }

    @Test
    void closedPopupLeavesThePanelAsItWas() {
        house.ready("popup-closed");
        String opener = browser.window();
        panel("popup-closed", "alice").press("Connect notes").turnToOtherThan(opener);
        browser.reads("Log in").closeWindow();
        browser.turnTo(opener).reads("notes");
        assertThat(browser.offers("Connect notes")).isTrue();
    }

    @Test
    void listedPageIsToldTheStatusOnly() {
        house.ready("listed");
        connectFrom("listed", house.partner(""));
        browser.awaitWindows(1)
                .turnTo(browser.windows().get(0))
                .reads(house.at("") + " says {\"type\":\"bulla\",\"connection\":\"notes\",\"outcome\":\"connected\"}");
        assertThat(browser.text("#told").lines()).hasSize(1);
    }

    @Test
    void strangerIsToldNothing() {
        house.ready("strange");
        String opener = connectFrom("strange", house.foreign(""));
        browser.reads("is connected");
        String result = browser.address();
        assertThat(result).doesNotContain("Alice");
        browser.turnTo(opener);
        assertThat(browser.text("#told")).isEmpty();
        assertThat(readThePopup()).startsWith("SecurityError");

        // the same page once more, with the origin of a page that is listed
        browser.open(stage(
                        house.foreign(""),
                        house.at("/bulla/result?outcome=connected&connection=notes&popup="
                                + encoded(house.partner("")))))
                .press("Open");
        browser.awaitWindows(2);
        assertThat(browser.text("#told")).isEmpty();
    }

    @Test
    void nobodyFramesThePages() {
        house.ready("framed");
        house.connected(browser, "framed", "alice");
        for (String page : new String[] {"/bulla/", "/bulla/result?outcome=connected&connection=notes", "/bulla/key"}) {
            browser.open(stage(house.at(""), house.at(page)));
            assertThat(browser.framed()).isEqualTo("chrome-error://chromewebdata/");
        }
    }

    private String connectFrom(String tenant, String origin) {
        String opener = browser.window();
        String page = house.at("/bulla/connect?connection=notes&popup=" + encoded(origin));
        house.enter(browser, tenant, "alice").open(stage(origin, page)).press("Open");
        browser.turnToOtherThan(opener).press("Connect notes");
        logIn(browser, "alice").press("Allow");
        return opener;
    }

    private String readThePopup() {
        return String.valueOf(
                browser.run("try { return popup.document.body.textContent } catch (e) { return e.name }"));
    }

    private static String stage(String origin, String page) {
        return origin + "/stage?address=" + encoded(page);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
