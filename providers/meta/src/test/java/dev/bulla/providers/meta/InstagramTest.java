package dev.bulla.providers.meta;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class InstagramTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Instagram.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                "authorize-force-reauth", "members choose the account on Instagram's page",
                "authorize-without-facebook", "how members log in is theirs to choose",
                "refresh-too-young",
                        "a token younger than 24 hours is not sent at all, and the answer to one is not documented");
    }
}
