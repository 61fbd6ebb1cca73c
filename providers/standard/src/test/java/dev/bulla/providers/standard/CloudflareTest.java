package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class CloudflareTest extends ProviderContract {
    private static final String BASIC = "the client is registered with client_secret_basic";
    private static final String OF_AN_ACCOUNT = "a token that an account owns";

    @Override
    protected Provider provider() {
        return Cloudflare.create();
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(Cloudflare.API_TOKEN, "cfut_canary55aaAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "exchange-pkce-public", BASIC,
                "exchange-post", BASIC,
                "refresh-post", BASIC,
                "refresh-public", BASIC,
                "revoke-post", BASIC,
                "verify-account-token", OF_AN_ACCOUNT,
                "verify-account-token-disabled", OF_AN_ACCOUNT);
    }
}
