package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A member connects by a key of the service. */
class FormTest extends InBrowser {
    @Test
    void refusedKeyIsSaidAndAGoodOneConnects() {
        house.connections("form").create("mail", Services.MAIL);
        panel("form", "alice").press("Connect mail");
        look("form");
        browser.press("Connect");
        browser.type("API key (needed)", "not a key").press("Connect").reads("Please check what you entered");
        assertThat(browser.focused()).isNotBlank();
        look("form-malformed");
        browser.type("API key (needed)", "MK-ffffffffffffffff")
                .type("Sender (optional)", "me@example.com")
                .press("Connect");
        browser.reads("Please check what you entered");
        look("form-refused");
        assertThat(house.accounts("form")).isEmpty();
        assertThat(String.valueOf(browser.run("return document.documentElement.outerHTML")))
                .doesNotContain("MK-ffffffffffffffff");
        assertThat(browser.value("Sender (optional)")).isEqualTo("me@example.com");

        browser.type("API key (needed)", Services.GOOD_KEY).press("Connect").reads("is connected");
        assertThat(house.account("form", "mail").displayName()).contains("Alice's mail");
        browser.press("Back to your services").reads("Alice's mail");
        look("panel-form");
    }
}
