package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class LinkedInTest extends ProviderContract {
    private static final String FIELD = "the organization is a field of the owner's";
    private static final String IDENTITY = "the identity is asked of userinfo, and no key is verified";

    @Override
    protected Provider provider() {
        return LinkedIn.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "choose-organization", FIELD,
                "choose-unknown", FIELD,
                "verify-active", IDENTITY,
                "verify-client-refused", IDENTITY,
                "verify-expired", IDENTITY,
                "verify-foreign-token", IDENTITY,
                "verify-revoked", IDENTITY);
    }
}
