package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

/** What holds for every Google service, shown with one that does not ask for an ID token. */
class GoogleAccountsTest extends ProviderContract {
    private static final String SIGN_IN = "this service asks for no ID token";

    @Override
    protected Provider provider() {
        return GoogleDrive.create();
    }

    @Override
    protected String transcripts() {
        return "transcripts/google";
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of("authorize-openid", SIGN_IN, "identity-userinfo", SIGN_IN);
    }
}
