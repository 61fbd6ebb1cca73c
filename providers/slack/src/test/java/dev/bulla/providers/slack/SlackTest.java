package dev.bulla.providers.slack;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class SlackTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Slack.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        String secret = "an app that keeps a secret is no public client";
        String flow = "both tokens come by the one flow";
        return Map.of(
                "authorize-pkce-user", secret,
                "exchange-pkce-without-secret", secret,
                "exchange-basic-auth", "the client proves itself in the form",
                "authorize-v2-user", flow,
                "exchange-v2-user", flow,
                "revoke-installation", "a disconnect ends its own tokens, not those of the workspace",
                "upgrade-to-rotating", "an app that rotates gives rotating tokens at the consent");
    }

    @Override
    protected String set(String transcript) {
        return transcript.contains("user") ? Slack.USER : Slack.BOT;
    }

    @Override
    protected String scope(String set, String wire) {
        return set.equals(Slack.USER) ? Slack.USER_PREFIX + wire : wire;
    }
}
