package dev.bulla.providers.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitHubAppTest extends ProviderContract {
    private static final String TOKEN_ONLY = "a disconnect ends its own token, not those that share the app";
    private static final String USE = "a token shows by its use whether it lives";

    @Override
    protected String toolTranscripts() {
        return "transcripts/github";
    }

    @Override
    protected Provider provider() {
        return GitHubApp.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "revoke-grant", TOKEN_ONLY,
                "revoke-dead-token", TOKEN_ONLY,
                "verify-token", USE,
                "verify-dead-token", USE,
                "authorize-login", "nothing is known of the member's login before the consent",
                "authorize-select-account", "GitHub asks by itself where several accounts are signed in");
    }

    @Test
    void disconnectEndsItsOwnTokenOnly() {
        assertThat(provider().revoker().orElseThrow().reach()).isEqualTo(Reach.TOKEN);
    }
}
