package dev.bulla.providers.google;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.Map;

class GoogleAdsTest extends ProviderContract {
    static final String THROUGH_MANAGER = "choose-client-of-manager";

    @Override
    protected Provider provider() {
        return GoogleAds.create();
    }

    @Override
    protected Map<String, String> instance() {
        return Map.of(GoogleAds.DEVELOPER_TOKEN, "", GoogleAds.MANAGER_CUSTOMER_ID, "");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of(
                THROUGH_MANAGER,
                "run with the owner's manager in another test",
                "choose-not-permitted",
                "the member's managers are asked too before an account counts as unknown: see AdsCustomersTest");
    }
}
