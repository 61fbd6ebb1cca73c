package dev.bulla.providers.meta;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class FacebookPageTest extends ProviderContract {
    private static final String IDENTITY = "the identity is asked of /me, and no key is verified";

    @Override
    protected Provider provider() {
        return FacebookPage.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "verify-debug-expired",
                IDENTITY,
                "verify-debug-valid",
                IDENTITY,
                "verify-permission-declined",
                IDENTITY,
                "verify-page",
                IDENTITY,
                "verify-page-role-lost",
                IDENTITY);
    }
}
