package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class XTest extends ProviderContract {
    private static final String PUBLIC = "owners register confidential clients";

    @Override
    protected Provider provider() {
        return X.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of("exchange-public", PUBLIC, "refresh-public", PUBLIC, "revoke-public", PUBLIC);
    }
}
