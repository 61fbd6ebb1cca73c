package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class HubSpotTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return HubSpot.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "authorize-one-account", "members choose the account on HubSpot's page",
                "verify-introspect-inactive", "no key is verified; introspection tells the identity",
                "verify-introspect-refresh-token", "introspection is asked about the access token");
    }
}
