package dev.bulla.providers.standard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class SentryRegionTest extends SentryTest {
    @Override
    protected Map<String, String> form() {
        return Map.of(Sentry.TOKEN, "sntryu_canary55aa", Sentry.REGION, "de");
    }

    @Override
    protected Map<String, String> leftOut() {
        Map<String, String> others = new HashMap<>(super.leftOut());
        others.keySet().removeAll(List.of("api-key", "verify-token-region"));
        List.of(
                        "verify-token",
                        "verify-integration-token",
                        "verify-token-invalid",
                        "verify-token-without-org-read",
                        "verify-organization-token-invalid")
                .forEach(name -> others.put(name, "a token without a region"));
        return others;
    }
}
