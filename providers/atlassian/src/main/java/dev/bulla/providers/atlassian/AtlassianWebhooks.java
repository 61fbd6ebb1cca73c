package dev.bulla.providers.atlassian;

import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;

/**
 * The webhooks that an administrator of a Jira site makes with a secret: an HMAC of the body, in the WebSub form. The id stays the same
 * when one is sent again, and is not signed.
 *
 * <p>Webhooks that an app registers by the API carry a JWT in its place, which says who sent them and nothing about the body, so that
 * whoever sees one could put another body to it: they are not taken.
 *
 * <p>By copies of developer.atlassian.com/cloud/jira/platform/webhooks. Not confirmed: what claims that JWT has.
 */
final class AtlassianWebhooks {
    private AtlassianWebhooks() {}

    static final WebhookScheme SCHEME = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-Hub-Signature", "sha256=", Coding.HEX)
            .source(Source.RECEIVER)
            .id(header("X-Atlassian-Webhook-Identifier"))
            .type(body("webhookEvent"))
            .build();
}
