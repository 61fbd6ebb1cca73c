package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class LinearTest extends ProviderContract {
    private static final String IN_THE_FORM = "the client proves itself in the form";

    @Override
    protected Provider provider() {
        return Linear.create();
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(Linear.API_KEY, "lin_api_canary55aa");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "authorize-actor-app", "the app acts for the member",
                "refresh-basic", IN_THE_FORM,
                "refresh-pkce-without-secret", IN_THE_FORM,
                "revoke-form-refresh-token", "the access token ends the consent",
                "identity-key", "a key is asked whose it is when it is checked",
                "upgrade-migrate-old-token", "tokens of ten years ended in April 2026");
    }
}
