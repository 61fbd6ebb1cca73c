package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class BrevoTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Brevo.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "verify-account-older",
                "it names no organization, and an e-mail address is no subject: such a key is not taken");
    }
}
