package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class TikTokTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return TikTok.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of("authorize-always-ask", "a member who agreed before is sent through without a page");
    }
}
