package dev.bulla.providers.shopify;

import static dev.bulla.provider.WebhookScheme.Found.header;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;

/**
 * Shopify's webhooks: an HMAC of the body by the app's client secret, or for a shop without an app by the key on its page of notifications.
 * The time and the id stand in headers that are not signed. After a change of the client secret the former one signs for up to an hour.
 * Subscriptions are made in the app's configuration, or by GraphQL, one for each topic.
 *
 * <p>Read on 2026-11-21: shopify.dev/docs/apps/build/webhooks/verify-deliveries.
 */
final class ShopifyWebhooks {
    private ShopifyWebhooks() {}

    static final WebhookScheme SCHEME = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-Shopify-Hmac-SHA256", "", Coding.BASE64)
            .source(Source.APP)
            .id(header("X-Shopify-Webhook-Id"))
            .type(header("X-Shopify-Topic"))
            .build();
}
