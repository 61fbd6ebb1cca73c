package dev.bulla.providers.standard;

import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;

import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Clock;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;
import java.util.List;
import java.util.Map;

/** The webhooks of services whose providers stand beside this. */
final class OwnWebhooks {
    private OwnWebhooks() {}

    private static final WebhookRegistration LINEAR_API = new WebhookRegistration(
            "/graphql",
            Map.of(
                    "query",
                    "mutation($input: WebhookCreateInput!) { webhookCreate(input: $input) { success webhook { id } } }",
                    "variables",
                    Map.of(
                            "input",
                            Map.of(
                                    "url",
                                    "{address}",
                                    "secret",
                                    "{secret}",
                                    "resourceTypes",
                                    "{events}",
                                    "allPublicTeams",
                                    true))),
            List.of("data", "webhookCreate", "webhook", "id"),
            "POST",
            "/graphql",
            Map.of(
                    "query",
                    "mutation($id: String!) { webhookDelete(id: $id) { success } }",
                    "variables",
                    Map.of("id", "{id}")),
            List.of(),
            List.of("Issue", "Comment", "Project"));

    /**
     * Linear's: an HMAC of the body, in which the time of sending stands in milliseconds. The id of a delivery is not signed. A webhook of
     * all public teams is registered by GraphQL, which needs the scope {@code admin}.
     *
     * <p>Read on 2026-11-21: linear.app/developers/webhooks and linear.app/developers/sdk-webhooks, in part by copies. Linear says to take
     * times up to a minute old. Not confirmed: whether what is sent again has a new time.
     */
    static final WebhookScheme LINEAR = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "Linear-Signature", "", Coding.HEX)
            .source(Source.RECEIVER)
            .time(body("webhookTimestamp"), Clock.MILLISECONDS)
            .id(header("Linear-Delivery"))
            .type(body("type"), body("action"))
            .registration(LINEAR_API)
            .build();

    /**
     * Sentry's, of integrations: an HMAC of the body by the integration's client secret. The time and the id stand in headers that are not
     * signed. Addresses are registered in the integration's settings; the hooks of single projects are other ones, and not taken.
     *
     * <p>Read on 2026-11-21: docs.sentry.io/integrations/integration-platform/webhooks.
     */
    static final WebhookScheme SENTRY = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "Sentry-Hook-Signature", "", Coding.HEX)
            .source(Source.APP)
            .id(header("Request-ID"))
            .type(header("Sentry-Hook-Resource"), body("action"))
            .build();

    /**
     * HubSpot's by its third signature: an HMAC of method, address, body and time in milliseconds, by the app's client secret. A body is a
     * list of events; the type is the first one's, and an id is of an event, so it does not tell deliveries apart. The address is the one
     * below the base URI. Addresses are registered in the app's settings.
     *
     * <p>Read on 2026-11-21: developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation.
     */
    static final WebhookScheme HUBSPOT = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-HubSpot-Signature-v3", "", Coding.BASE64)
            .over("{method}{uri}{body}{timestamp}")
            .source(Source.APP)
            .time(header("X-HubSpot-Request-Timestamp"), Clock.MILLISECONDS)
            .type(body("subscriptionType"))
            .build();

    /**
     * Notion's: an HMAC of the body by the verification token, which comes once, unsigned, and is pasted on Notion's page. The id of an event
     * is signed with the body. The time in it is that of the event, which may be sent hours later. Addresses are registered in the settings of
     * the integration.
     *
     * <p>Read on 2026-11-21: developers.notion.com/reference/webhooks, by copies. Not confirmed: of what characters a token is.
     */
    static final WebhookScheme NOTION = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-Notion-Signature", "sha256=", Coding.HEX)
            .id(body("id"))
            .type(body("type"))
            .offer("verification_token")
            .build();
}
