package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class OpenAiTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return OpenAi.create();
    }

    /** Most projects belong to no region. */
    @Override
    protected Map<String, String> instance() {
        return Map.of();
    }
}
