package dev.bulla.providers.meta;

import static dev.bulla.provider.WebhookScheme.Found.body;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;

/**
 * Meta's webhooks: an HMAC of the body, as it is sent with its escapes, by the app secret. Before it sends anything Meta asks for the
 * address by a GET that names the verify token from the app's dashboard. No time is signed apart from those of the changes, and there is no
 * id. Addresses are registered in the app's dashboard, or by an app access token; not by a member's token.
 *
 * <p>By stored copies, without a date, of developers.facebook.com/docs/graph-api/webhooks/getting-started. Not confirmed: that the escapes
 * are signed as they are sent.
 */
final class MetaWebhooks {
    private MetaWebhooks() {}

    static final WebhookScheme SCHEME = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-Hub-Signature-256", "sha256=", Coding.HEX)
            .source(Source.APP)
            .type(body("object"))
            .challengeByQuery("hub.mode", "subscribe", "hub.verify_token", "hub.challenge")
            .build();
}
