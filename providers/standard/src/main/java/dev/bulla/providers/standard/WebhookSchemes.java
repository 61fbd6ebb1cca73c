package dev.bulla.providers.standard;

import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;
import static dev.bulla.provider.WebhookScheme.Found.pair;

import dev.bulla.provider.Provider;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookRegistration.Step;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Clock;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Shape;
import dev.bulla.provider.WebhookScheme.Signature;
import dev.bulla.provider.WebhookScheme.Source;
import java.util.List;
import java.util.Map;

/**
 * How the webhooks of services are verified that have no provider here, and those of everybody who keeps to the common standard. They are
 * put to a provider of the host's own:
 *
 * <pre>{@code
 * Provider billing = own.withWebhooks(WebhookSchemes.stripe());
 * }</pre>
 *
 * <p>See {@link Provider#withWebhooks}.
 */
public final class WebhookSchemes {
    private WebhookSchemes() {}

    /**
     * Standard Webhooks: signed with id and time, by a secret ({@code whsec_}) or by a key pair of the sender, of which the public half is
     * saved ({@code whpk_}).
     *
     * <p>By github.com/standard-webhooks/standard-webhooks, version 1.0.0 of the specification, in the state of 2026-08-17.
     */
    public static WebhookScheme standardWebhooks() {
        return WebhookScheme.signed(
                        new Signature(
                                Algorithm.HMAC_SHA256,
                                "webhook-signature",
                                Shape.VERSIONED,
                                "v1",
                                Coding.BASE64,
                                "whsec_",
                                Coding.BASE64),
                        new Signature(
                                Algorithm.ED25519,
                                "webhook-signature",
                                Shape.VERSIONED,
                                "v1a",
                                Coding.BASE64,
                                "whpk_",
                                Coding.BASE64))
                .over("{id}.{timestamp}.{body}")
                .time(header("webhook-timestamp"), Clock.SECONDS)
                .id(header("webhook-id"))
                .type(body("type"))
                .build();
    }

    /**
     * Stripe: signed with the time; several signatures while a secret is changed. The secret is used whole, with its {@code whsec_}.
     *
     * <p>An endpoint is registered with an account's API key; its secret comes in the answer.
     *
     * <p>By Stripe's own library (github.com/stripe/stripe-java, {@code Webhook}), copies of docs.stripe.com/webhooks and of
     * docs.stripe.com/api/webhook_endpoints/create.
     */
    public static WebhookScheme stripe() {
        return WebhookScheme.signed(pairs("Stripe-Signature"))
                .over("{timestamp}.{body}")
                .time(pair("t"), Clock.SECONDS)
                .id(body("id"))
                .type(body("type"))
                .registration(WebhookRegistration.of(
                                new Step(
                                        "POST",
                                        "/v1/webhook_endpoints",
                                        Map.of("url", "{address}", "enabled_events[]", "{events}"),
                                        true),
                                List.of("id"),
                                new Step("DELETE", "/v1/webhook_endpoints/{id}", Map.of()))
                        .events("*")
                        .secret("secret"))
                .build();
    }

    /**
     * Calendly: signed with the time, by a key that is given when a subscription is made, or for OAuth apps by the app's own. Calendly says
     * to take times up to three minutes old.
     *
     * <p>A subscription is registered with a personal token (one made with OAuth is signed by the app's key): {@code scope} is {@code user} or {@code organization}, which
     * only owners and administrators may choose; {@code organization} and {@code user} are their addresses at Calendly.
     *
     * <p>By a stored copy, without a date, of developer.calendly.com/api-docs/overview/webhooks/webhook-signatures; the three minutes by
     * others' words.
     */
    public static WebhookScheme calendly() {
        return WebhookScheme.signed(pairs("Calendly-Webhook-Signature"))
                .over("{timestamp}.{body}")
                .source(Source.RECEIVER)
                .time(pair("t"), Clock.SECONDS)
                .type(body("event"))
                .registration(WebhookRegistration.of(
                                new Step(
                                        "POST",
                                        "/webhook_subscriptions",
                                        Map.of(
                                                "url",
                                                "{address}",
                                                "events",
                                                "{events}",
                                                "scope",
                                                "{scope}",
                                                "organization",
                                                "{organization}",
                                                "user",
                                                "{user}",
                                                "signing_key",
                                                "{secret}")),
                                List.of("resource", "uri"),
                                new Step("DELETE", "/webhook_subscriptions/{id}", Map.of()))
                        .values("scope", "organization", "user")
                        .events("invitee.created", "invitee.canceled"))
                .build();
    }

    private static Signature pairs(String header) {
        return new Signature(Algorithm.HMAC_SHA256, header, Shape.PAIRS, "v1", Coding.HEX, "", null);
    }

    /**
     * Airtable: a body that says which base and webhook has news, and when, signed by the secret that came when the webhook was made
     * ({@code macSecretBase64}). What the news is must be asked for.
     *
     * <p>A webhook of one base is registered by whoever may create there, with the scope {@code webhook:manage} and those of what is watched,
     * and ends after seven days, unless the host refreshes it before ({@code POST .../webhooks/{id}/refresh}). Its secret comes in the
     * answer, and never again.
     *
     * <p>By stored copies, without a date, of airtable.com/developers/web/api/webhooks-overview and
     * airtable.com/developers/web/api/create-a-webhook. Not confirmed: whether what is sent again has a new time; the next news brings one
     * in any case.
     */
    public static WebhookScheme airtable() {
        return WebhookScheme.signed(new Signature(
                        Algorithm.HMAC_SHA256,
                        "X-Airtable-Content-MAC",
                        Shape.ALONE,
                        "hmac-sha256=",
                        Coding.HEX,
                        "",
                        Coding.BASE64))
                .time(body("timestamp"), Clock.ISO_8601)
                .registration(WebhookRegistration.of(
                                new Step(
                                        "POST",
                                        "/v0/bases/{base}/webhooks",
                                        Map.of(
                                                "notificationUrl",
                                                "{address}",
                                                "specification",
                                                Map.of("options", Map.of("filters", Map.of("dataTypes", "{events}"))))),
                                List.of("id"),
                                new Step("DELETE", "/v0/bases/{base}/webhooks/{id}", Map.of()))
                        .values("base")
                        .events("tableData")
                        .secret("macSecretBase64"))
                .build();
    }

    /**
     * Zendesk: signed with the time, by the secret of the webhook, which is used as it stands. The body is Zendesk's own only in webhooks
     * on events; for triggers and automations the owner writes it, so that an {@code id} in it may be any. The id of a delivery stands in a
     * header that is not signed; signed time and body tell deliveries apart. Of the methods that an owner can choose POST alone is taken,
     * with a body.
     *
     * <p>A webhook is registered by an administrator; its secret is asked for then. Without a choice of events it waits for a trigger or
     * automation to be connected with it.
     *
     * <p>By a stored copy, without a date, of developer.zendesk.com/documentation/webhooks/verifying and
     * developer.zendesk.com/documentation/webhooks/anatomy-of-a-webhook-request. An older state of the former put the time behind the body.
     */
    public static WebhookScheme zendesk() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Zendesk-Webhook-Signature", "", Coding.BASE64)
                .over("{timestamp}{body}")
                .time(header("X-Zendesk-Webhook-Signature-Timestamp"), Clock.ISO_8601)
                .id(header("X-Zendesk-Webhook-Invocation-Id"))
                .type(body("type"))
                .registration(WebhookRegistration.of(
                                new Step(
                                        "POST",
                                        "/api/v2/webhooks",
                                        Map.of(
                                                "webhook",
                                                Map.of(
                                                        "name",
                                                        "{hook}",
                                                        "status",
                                                        "active",
                                                        "endpoint",
                                                        "{address}",
                                                        "http_method",
                                                        "POST",
                                                        "request_format",
                                                        "json",
                                                        "subscriptions",
                                                        "{events}"))),
                                List.of("webhook", "id"),
                                new Step("DELETE", "/api/v2/webhooks/{id}", Map.of()))
                        .events("conditional_ticket_events")
                        .asking(
                                new Step("GET", "/api/v2/webhooks/{id}/signing_secret", Map.of()),
                                "signing_secret",
                                "secret"))
                .build();
    }

    /**
     * Intercom: an HMAC with SHA-1 of the body by the app's client secret; the id of a notification is signed with it. Before it sends
     * anything Intercom asks by a HEAD, which every address answers.
     *
     * <p>By copies of developers.intercom.com: Signed Notifications, in its first version, and Setting up Webhooks.
     */
    public static WebhookScheme intercom() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA1, "X-Hub-Signature", "sha1=", Coding.HEX)
                .source(Source.APP)
                .id(body("id"))
                .type(body("topic"))
                .build();
    }

    /**
     * Typeform: an HMAC of the body by a secret that the receiver chooses; the id of an event is signed with it. A webhook of one form is
     * registered by whoever may change the form.
     *
     * <p>By stored copies, without a date, of www.typeform.com/developers/webhooks/secure-your-webhooks and
     * www.typeform.com/developers/webhooks/reference/create-or-update-webhook.
     */
    public static WebhookScheme typeform() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA256, "Typeform-Signature", "sha256=", Coding.BASE64)
                .source(Source.RECEIVER)
                .id(body("event_id"))
                .type(body("event_type"))
                .registration(WebhookRegistration.of(
                                new Step(
                                        "PUT",
                                        "/forms/{form}/webhooks/{hook}",
                                        Map.of(
                                                "enabled",
                                                true,
                                                "url",
                                                "{address}",
                                                "secret",
                                                "{secret}",
                                                "verify_ssl",
                                                true)),
                                List.of("id"),
                                new Step("DELETE", "/forms/{form}/webhooks/{hook}", Map.of()))
                        .values("form"))
                .build();
    }
}
