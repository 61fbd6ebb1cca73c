package dev.bulla.providers.standard;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class SendGridEuTest extends ProviderContract {
    private static final String GLOBAL = "a conversation with the global host";

    @Override
    protected Provider provider() {
        return SendGrid.createEu();
    }

    @Override
    protected String transcripts() {
        return "transcripts/sendgrid";
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(SendGrid.API_KEY, "SG.key-id-1.key-canary-55aa");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "verify-scopes", GLOBAL,
                "verify-key-revoked", GLOBAL,
                "verify-authorization-required", GLOBAL,
                "verify-access-forbidden", GLOBAL,
                "verify-wrong-region", GLOBAL,
                "api-rate-limited", GLOBAL,
                "api-credits-exceeded", GLOBAL);
    }
}
