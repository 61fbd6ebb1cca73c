package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class GoogleTest extends ProviderContract {
    private static final String NO_OPENID = "openid is always asked for, so an ID token always comes";

    @Override
    protected Provider provider() {
        return Google.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "authorize-offline", NO_OPENID,
                "authorize-pkce", NO_OPENID,
                "authorize-reconsent", NO_OPENID,
                "exchange-with-refresh-token", NO_OPENID,
                "exchange-without-refresh-token", NO_OPENID,
                "exchange-fewer-scopes", NO_OPENID,
                "exchange-time-based-access", NO_OPENID,
                "identity-userinfo", "the verified ID token names the account");
    }
}
