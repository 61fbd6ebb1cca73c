package dev.bulla.providers.standard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class CloudflareAccountTokenTest extends CloudflareTest {
    @Override
    protected Map<String, String> form() {
        return Map.of(
                Cloudflare.API_TOKEN, "cfat_canary55aaAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                Cloudflare.ACCOUNT_ID, "fedcba9876543210fedcba9876543210");
    }

    @Override
    protected Map<String, String> leftOut() {
        Map<String, String> others = new HashMap<>(super.leftOut());
        others.keySet().removeIf(name -> name.startsWith("verify-account"));
        List.of(
                        "verify-token-disabled",
                        "verify-token-expired",
                        "verify-token-malformed",
                        "verify-token-ratelimited",
                        "verify-token-rejected",
                        "verify-user-token-message",
                        "verify-user-token")
                .forEach(name -> others.put(name, "a token of a user"));
        return others;
    }
}
