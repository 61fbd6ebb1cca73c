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
        return Map.of("authorize-pkce-user", "an app that keeps a secret is no public client");
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
