package dev.bulla.providers.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitHubTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return GitHub.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of("revoke-grant", "a disconnect ends its own token, not those that share the app");
    }

    @Test
    void disconnectEndsItsOwnTokenOnly() {
        assertThat(provider().revoker().orElseThrow().reach()).isEqualTo(Reach.TOKEN);
    }

    @Test
    void memberIsShownTheLoginAfterConnecting() {
        assertThat(provider().returnPrefix()).isEqualTo("github");
        assertThat(provider().returnIdentity()).isEqualTo("username");
    }
}
