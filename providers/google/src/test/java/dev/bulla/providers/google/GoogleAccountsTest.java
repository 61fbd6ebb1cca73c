package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

/** What holds for every Google service, shown with one that does not ask for an ID token. */
class GoogleAccountsTest extends ProviderContract {
    static final String NO_WIDER_TOKEN = "a token is not widened by what other connections were granted";
    static final String NO_HINT = "no account is suggested: members choose it on Google's page";

    private static final String SIGN_IN = "this service asks for no ID token";
    private static final String ITS_OWN = "this service is asked itself whose account it is";

    @Override
    protected Provider provider() {
        return GoogleDrive.create();
    }

    @Override
    protected String transcripts() {
        return "transcripts/google";
    }

    @Override
    protected String toolTranscripts() {
        return "transcripts/google-drive";
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "authorize-openid", SIGN_IN,
                "authorize-incremental", NO_WIDER_TOKEN,
                "authorize-login-hint", NO_HINT,
                "identity-userinfo", ITS_OWN,
                "identity-without-profile", ITS_OWN,
                "identity-token-dead", ITS_OWN);
    }
}
