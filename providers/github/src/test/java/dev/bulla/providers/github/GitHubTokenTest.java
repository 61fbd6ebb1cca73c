package dev.bulla.providers.github;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

/** Personal access tokens. */
class GitHubTokenTest extends ProviderContract {
    private static final String MINE = "a disconnect leaves a member's own token alone";
    private static final String NO_CHOICE = "nothing is chosen after a token was entered";

    @Override
    protected Provider provider() {
        return GitHub.create();
    }

    @Override
    protected String toolTranscripts() {
        return "transcripts/github";
    }

    @Override
    protected String transcripts() {
        return "transcripts/github-token";
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "revoke-enterprise", MINE,
                "revoke-fine-grained", MINE,
                "revoke-good", MINE,
                "revoke-limit", MINE,
                "revoke-refused", MINE,
                "revoke-server-error", MINE);
    }
}
