package dev.bulla.providers.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Provider;
import dev.bulla.testkit.provider.ProviderContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return Shopify.create();
    }

    @Override
    protected Map<String, String> instance() {
        return Map.of(Shopify.SHOP, "example-shop");
    }

    @Override
    protected Map<String, String> leftOut() {
        String kept = "tokens that expire are asked for from the beginning";
        return Map.of(
                "authorize-online", "tokens belong to the shop, not to a person",
                "exchange-non-expiring", kept,
                "upgrade-non-expiring", kept,
                "upgrade-invalid-subject-token", kept,
                "exchange-code-used",
                        "an HTML page does not say what was refused, so it is no word about a refresh token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example-shop",
                " Example-Shop.myshopify.com ",
                "https://example-shop.myshopify.com/admin?x=1",
                "https://admin.shopify.com/store/example-shop/products"
            })
    void shopIsReadFromWhatIsCopied(String typed) {
        assertThat(provider().ownerFields().get(0).take(typed)).contains("example-shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.example.com", "evil.example/example-shop.myshopify.com", "a@b", "-shop"})
    void whatIsNoShopIsRefused(String typed) {
        assertThat(provider().ownerFields().get(0).take(typed)).isEmpty();
    }

    @Test
    void writingCoversReading() {
        assertThat(provider().covered(List.of("write_orders", "read_reports")))
                .containsExactly("write_orders", "read_reports", "read_orders");
    }
}
