package dev.bulla.providers.standard;

import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;

import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookRegistration.Step;
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

    private static final WebhookRegistration LINEAR_API = WebhookRegistration.of(
                    new Step(
                            "POST",
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
                                                    true)))),
                    List.of("data", "webhookCreate", "webhook", "id"),
                    new Step(
                            "POST",
                            "/graphql",
                            Map.of(
                                    "query",
                                    "mutation($id: String!) { webhookDelete(id: $id) { success } }",
                                    "variables",
                                    Map.of("id", "{id}"))))
            .events("Issue", "Comment", "Project");

    /**
     * Linear's: an HMAC of the body, in which the time of sending stands in milliseconds, by a secret that the API is told, or that Linear's
     * settings make and show. The id of a delivery is not signed. A webhook of all public teams is registered by GraphQL, which needs the
     * scope {@code admin}.
     *
     * <p>By Linear's own client and schema (github.com/linear/linear, in the state of 2026-07-22) and copies of
     * linear.app/developers/webhooks. That client takes times up to a minute away. Not confirmed: whether what is sent again has a new
     * time.
     */
    static final WebhookScheme LINEAR = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "Linear-Signature", "", Coding.HEX)
            .source(Source.RECEIVER)
            .savedIn(Linear.WEBHOOK_SECRET)
            .time(body("webhookTimestamp"), Clock.MILLISECONDS)
            .id(header("Linear-Delivery"))
            .type(body("type"), body("action"))
            .registration(LINEAR_API)
            .build();

    /**
     * Sentry's, of integrations: an HMAC of the body by the integration's client secret. The time and the id stand in headers that are not
     * signed, so that of two deliveries with the same bytes and the same resource within a day the second counts as a repetition. Addresses
     * are registered in the integration's settings; the hooks of single projects are other ones, and not taken.
     *
     * <p>By the source of docs.sentry.io/integrations/integration-platform/webhooks (github.com/getsentry/sentry-docs).
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
     * below the base URI. Addresses are registered in the app's settings, or by the developer's API; not by a member's token.
     *
     * <p>By HubSpot's own client (github.com/HubSpot/hubspot-api-nodejs, in the state of 2026-03-19) and a stored copy, without a date, of
     * developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation.
     */
    static final WebhookScheme HUBSPOT = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-HubSpot-Signature-v3", "", Coding.BASE64)
            .over("{method}{uri}{body}{timestamp}")
            .source(Source.APP)
            .time(header("X-HubSpot-Request-Timestamp"), Clock.MILLISECONDS)
            .type(body("subscriptionType"))
            .build();

    /**
     * Notion's: an HMAC of the body by the verification token, which comes once and is pasted on Notion's page. The body that brings it is
     * signed with that same token, which proves nothing of who sent it. The id of an event is signed with the body. The time in it is that
     * of the event, which may be sent hours later. Addresses are registered in the settings of the integration.
     *
     * <p>By Notion's own client (github.com/makenotion/notion-sdk-js, in the state of 2026-08-20). Not confirmed: of what characters a
     * token is.
     */
    static final WebhookScheme NOTION = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-Notion-Signature", "sha256=", Coding.HEX)
            .id(body("id"))
            .type(body("type"))
            .offer("verification_token")
            .build();
}
