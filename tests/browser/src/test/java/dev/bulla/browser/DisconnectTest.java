package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.SealedTo;
import org.junit.jupiter.api.Test;

/** A member ends a connection. */
class DisconnectTest extends InBrowser {
    @Test
    void withoutAKeyTheGrantEndsAtTheServiceToo() {
        house.ready("ends");
        house.connected(browser, "ends", "alice");
        browser.open(house.at("/bulla/")).press("Disconnect notes");
        look("disconnect");
        browser.press("Disconnect").arrives(house.at("/bulla/"));
        gone("ends");
        assertThat(grants("ends")).isZero();
        browser.back().reads("No account is connected here yet.");
        look("refused");
        browser.press("Go on").reads("Connect services");
        assertThat(browser.offers("Connect notes")).isTrue();
        assertThat(browser.offers("Disconnect notes")).isFalse();
    }

    @Test
    void withTheKeyTheGrantEndsAtTheServiceToo() {
        house.ready("typed");
        house.connected(browser, "typed", "alice");
        String key = house.key(browser);
        browser.open(house.at("/bulla/")).press("Disconnect notes");
        look("disconnect-sealed");
        browser.type("Your key (optional)", key).press("Disconnect");
        gone("typed");
        assertThat(grants("typed")).isZero();
        assertThat(browser.text()).doesNotContain(key);
    }

    @Test
    void withoutTheKeyTheMemberIsSentToTheService() {
        house.ready("shut");
        house.enter(browser, "shut", "alice");
        house.key(browser);
        house.connected(browser, "shut", "alice");
        browser.open(house.at("/bulla/")).press("Disconnect notes").press("Disconnect");
        gone("shut");
        assertThat(grants("shut")).isOne();
        look("disconnected-locked");
    }

    private void gone(String tenant) {
        browser.await(
                "ended account",
                () -> java.util.Optional.of(house.account(tenant, "notes"))
                        .filter(account -> account.sealedTo() == SealedTo.NOBODY));
    }

    private long grants(String tenant) {
        return house.service.grants("alice").stream()
                .filter(grant -> grant.clientId().equals(house.app(tenant)))
                .count();
    }
}
