package dev.bulla.providers.standard;

import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class MailchimpTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Mailchimp.create().in(Mode.OWN_APP);
    }

    @Override
    protected Map<String, String> leftOut() {
        String key = "the mode with a key has a test of its own";
        return Map.of(
                "api-key", key,
                "identity-key", key,
                "verify-key", key,
                "verify-key-refused", key,
                "verify-key-unavailable", key,
                "identity-oauth-root", "the metadata names the account, and the data centre too");
    }
}
