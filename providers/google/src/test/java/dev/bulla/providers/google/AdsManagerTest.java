package dev.bulla.providers.google;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;

/** The same where the owner's manager account is the way to the customers. */
class AdsManagerTest extends GoogleAdsTest {
    private static final List<String> WITHOUT = List.of(
            "choose-direct",
            "choose-not-permitted",
            "choose-with-dashes",
            "list-cancelled-account",
            "list-client-pages",
            "list-direct-and-clients",
            "list-empty",
            "list-not-ads-user",
            "list-same-account-on-two-paths",
            "list-sub-manager");

    @Override
    protected Map<String, String> instance() {
        return Map.of(GoogleAds.DEVELOPER_TOKEN, "", GoogleAds.MANAGER_CUSTOMER_ID, "1111111111");
    }

    @Override
    protected Map<String, String> leftOut() {
        return WITHOUT.stream()
                .collect(toMap(name -> name, name -> "run without a manager of the owner's in another test"));
    }
}
