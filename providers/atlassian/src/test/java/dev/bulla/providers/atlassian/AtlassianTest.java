package dev.bulla.providers.atlassian;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class AtlassianTest extends ProviderContract {
    private static final String SITE = "66666666-7777-4888-8999-aaaaaaaaaaaa";

    @Override
    protected Provider provider() {
        return Atlassian.create();
    }

    @Override
    protected Map<String, String> instance() {
        return Map.of(Sites.API_BASE, "https://api.atlassian.com/ex/jira/" + SITE, "cloud_id", SITE);
    }
}
