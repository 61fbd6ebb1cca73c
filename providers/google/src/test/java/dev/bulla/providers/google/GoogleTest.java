package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class GoogleTest extends ProviderContract {
    private static final String NO_OPENID = "openid is always asked for, so an ID token always comes";
    private static final String NAMED = "the verified ID token names the account";

    @Override
    protected Provider provider() {
        return Google.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.ofEntries(
                Map.entry("authorize-offline", NO_OPENID),
                Map.entry("authorize-pkce", NO_OPENID),
                Map.entry("authorize-reconsent", NO_OPENID),
                Map.entry("authorize-incremental", GoogleAccountsTest.NO_WIDER_TOKEN),
                Map.entry("authorize-login-hint", GoogleAccountsTest.NO_HINT),
                Map.entry("exchange-with-refresh-token", NO_OPENID),
                Map.entry("exchange-without-refresh-token", NO_OPENID),
                Map.entry("exchange-fewer-scopes", NO_OPENID),
                Map.entry("exchange-wider-scopes", NO_OPENID),
                Map.entry("exchange-time-based-access", NO_OPENID),
                Map.entry("exchange-testing-seven-days", NO_OPENID),
                Map.entry("identity-userinfo", NAMED),
                Map.entry("identity-without-profile", NAMED),
                Map.entry("identity-token-dead", NAMED));
    }
}
