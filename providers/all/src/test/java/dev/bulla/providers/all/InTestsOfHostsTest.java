package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host's own test meets that connects a member at a service in one line. */
class InTestsOfHostsTest {
    /** Keys of a kind that nobody makes up, by the names of their fields; a shop; accounts to choose from, which the test must offer. */
    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("app-store-connect", "[privateKey]"),
            Map.entry("brevo", "[apiKey]"),
            Map.entry("facebook-page", "no_pages"),
            Map.entry("firebase", "[serviceAccountJson]"),
            Map.entry("gmail", "[email, appPassword]"),
            Map.entry("google-ads", "no_accounts"),
            Map.entry("google-play", "[serviceAccountJson]"),
            Map.entry("lemlist", "could not say"), // the test must answer with a team
            Map.entry("meta-ads", "no_accounts"),
            Map.entry("openai", "[apiKey]"),
            Map.entry("sendgrid", "[apiKey]"),
            Map.entry("shopify", "[clientSecret, shop]"),
            Map.entry("telegram", "[botToken]"),
            Map.entry("wordpress", "[appPassword]"));

    static Provider[] providers() {
        return Catalogue.all();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void connectsOrNamesWhatIsMissing(Provider provider) {
        try (TestBulla world =
                TestBulla.inMemory(FakeService.speaking(provider)).at("2026-11-20T12:00:00Z")) {
            String needed = NEEDED.get(provider.id());
            if (needed == null) {
                assertThat(world.connect("acme", "alice", provider.id()).connection())
                        .isEqualTo(provider.id());
            } else {
                assertThatThrownBy(() -> world.connect("acme", "alice", provider.id()))
                        .hasMessageContaining(needed);
            }
        }
    }
}
