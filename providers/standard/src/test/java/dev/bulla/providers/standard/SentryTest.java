package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class SentryTest extends ProviderContract {
    private static final String IN_THE_FORM = "the client proves itself in the form";
    private static final String REGION = "a token with a region";

    @Override
    protected Provider provider() {
        return Sentry.create();
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(Sentry.TOKEN, "sntryu_canary55aa");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "exchange-basic", IN_THE_FORM,
                "refresh-basic", IN_THE_FORM,
                "authorize-force-prompt", "not in the documentation",
                "identity-organization", "the token answer says whose account it is",
                "api-key", REGION,
                "verify-token-region", REGION);
    }
}
