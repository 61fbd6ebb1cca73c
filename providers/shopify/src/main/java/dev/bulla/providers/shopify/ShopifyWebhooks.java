package dev.bulla.providers.shopify;

import static dev.bulla.provider.WebhookScheme.Found.header;

import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookRegistration.Step;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;
import java.util.List;
import java.util.Map;

/**
 * Shopify's webhooks: an HMAC of the body by the app's client secret, or for a shop without an app by the key on its page of notifications.
 * The time, the id and the topic stand in headers that are not signed: of two deliveries with the same bytes and the same topic within a day
 * the second counts as a repetition, and now and then of two with different topics. Events, which have other headers, are not taken. After
 * a change of the client secret the former one signs for up to an hour. Subscriptions are made in the app's configuration, or by GraphQL,
 * one for each topic, which needs the scope for what it is about.
 *
 * <p>By a stored copy, without a date, of shopify.dev/docs/apps/build/webhooks/verify-deliveries, Shopify's own library
 * (github.com/Shopify/shopify-app-js, in the state of 2026-08-07) and, of the subscriptions, shopify.dev/docs/api/admin-graphql and
 * shopify.dev/changelog/consolidate-webhook-graphql-surfaces.
 */
final class ShopifyWebhooks {
    private ShopifyWebhooks() {}

    static final WebhookScheme SCHEME = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-Shopify-Hmac-SHA256", "", Coding.BASE64)
            .source(Source.APP)
            .id(header("X-Shopify-Webhook-Id"))
            .type(header("X-Shopify-Topic"))
            .registration(WebhookRegistration.of(
                            new Step(
                                    "POST",
                                    Shopify.GRAPHQL,
                                    Map.of(
                                            "query",
                                            "mutation($topic: WebhookSubscriptionTopic!, $to: WebhookSubscriptionInput!) {"
                                                    + " webhookSubscriptionCreate(topic: $topic, webhookSubscription: $to) {"
                                                    + " webhookSubscription { id } userErrors { message } } }",
                                            "variables",
                                            Map.of("topic", "{event}", "to", Map.of("uri", "{address}")))),
                            List.of("data", "webhookSubscriptionCreate", "webhookSubscription", "id"),
                            new Step(
                                    "POST",
                                    Shopify.GRAPHQL,
                                    Map.of(
                                            "query",
                                            "mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { userErrors { message } } }",
                                            "variables",
                                            Map.of("id", "{id}"))))
                    .events("APP_UNINSTALLED")
                    .eachEvent())
            .build();
}
