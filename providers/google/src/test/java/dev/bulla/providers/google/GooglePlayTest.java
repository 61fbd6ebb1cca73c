package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class GooglePlayTest extends ProviderContract {
    private static final String TYPED = "the package name is typed; keys are checked with the same request";

    @Override
    protected Provider provider() {
        return GooglePlay.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "list-apps", TYPED,
                "list-empty-token", TYPED,
                "list-none", TYPED,
                "list-api-off", TYPED,
                "mint-reporting-scope",
                        "accounts hold tokens of the publisher's scope; the other one is minted for the check alone");
    }
}
