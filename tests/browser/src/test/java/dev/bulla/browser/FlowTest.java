package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.ConnectedAccount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A browser goes to the service and comes back. */
class FlowTest extends InBrowser {
    @Test
    void memberConsentsAndIsConnected() {
        house.ready("consents");
        house.enter(browser, "consents", "alice").press("Connect notes");
        logIn(browser, "alice").press("Allow").reads("demo_notes_connected=true");
        assertThat(accounts("consents"))
                .singleElement()
                .satisfies(account -> assertThat(account.displayName()).contains("Alice Adams"));
        assertThat(Referers.leaving(browser, house.at("/"))).isEmpty();
    }

    @Test
    void declinedConsentLeavesNothing() {
        house.ready("declines");
        house.enter(browser, "declines", "alice").press("Connect notes");
        logIn(browser, "alice").press("Deny").reads("demo_notes_error=authorization_denied");
        assertThat(accounts("declines")).isEmpty();
    }

    @Test
    void consentAfterAQuarterOfAnHourIsTooLate() {
        house.ready("late");
        house.enter(browser, "late", "alice").press("Connect notes");
        logIn(browser, "alice").reads("Allow app-of-late-notes?");
        house.clock.advance(Duration.ofMinutes(15).plusSeconds(1));
        browser.press("Allow").reads("error=session_expired");
        assertThat(accounts("late")).isEmpty();
    }

    @Test
    void anotherBrowserCannotEndAFlow() {
        house.ready("bound");
        house.enter(browser, "bound", "alice").press("Connect notes");
        String authorization =
                logIn(browser, "alice").reads("Allow app-of-bound-notes?").address();
        try (Browser other = Chromium.open()) {
            house.enter(other, "bound", "alice").open(authorization);
            logIn(other, "alice").press("Allow").reads("error=session_expired");
        }
        assertThat(accounts("bound")).isEmpty();
        assertThat(house.service.grants("alice"))
                .noneMatch(grant -> grant.clientId().equals("app-of-bound-notes"));
        house.enter(browser, "bound", "alice")
                .press("Connect notes")
                .press("Allow")
                .reads("demo_notes_connected=true");
        assertThat(accounts("bound")).hasSize(1);
    }

    private List<ConnectedAccount> accounts(String tenant) {
        return house.connections(tenant).accounts("notes").all();
    }
}
