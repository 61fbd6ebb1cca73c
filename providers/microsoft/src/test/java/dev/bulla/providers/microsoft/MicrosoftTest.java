package dev.bulla.providers.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicrosoftTest extends ProviderContract {
    static final String OTHER_TENANT = "run with that tenant in another test";

    private static final String NOT_SENT =
            "nothing is added to what members see: they choose the account on Microsoft's page";

    @Override
    protected Provider provider() {
        return Microsoft.create();
    }

    @Override
    protected Map<String, String> instance() {
        return Map.of(Microsoft.TENANT, "common");
    }

    @Override
    protected String scope(String set, String wire) {
        return wire.replace("https://graph.microsoft.com/", "");
    }

    @Override
    protected Map<String, String> leftOut() {
        Map<String, String> out = new HashMap<>(Map.of(
                "authorize-claims",
                "a policy's wishes are met at the sign-in without them",
                "authorize-admin-consent",
                "an administrator consents at Microsoft's own pages",
                "authorize-login-hint",
                NOT_SENT,
                "authorize-select-account",
                NOT_SENT));
        out.put("authorize-tenant", OTHER_TENANT);
        return out;
    }

    @Test
    void refreshTokensAreAskedForWithoutBeingAScopeThatAnswersWouldLack() {
        assertThat(provider().oauth2().orElseThrow().scopeParameters(List.of("openid", "User.Read")))
                .containsExactly(Map.entry("scope", "openid User.Read offline_access"));
        assertThat(provider().scopes()).extracting(Scope::name).doesNotContain("offline_access");
    }
}
