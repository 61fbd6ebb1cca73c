package dev.bulla.providers.slack;

import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Clock;
import dev.bulla.provider.WebhookScheme.Coding;

/**
 * What Slack sends: events as JSON, commands and interactions as forms, all signed with their time by the app's signing secret, which its
 * pages show. The question that comes first ({@code url_verification}) is signed too. Addresses are registered in the app's settings alone.
 *
 * <p>By Slack's own library (github.com/slackapi/java-slack-sdk, {@code SlackSignature}) and a stored copy, without a date, of
 * api.slack.com/events/url_verification.
 */
final class SlackWebhooks {
    private SlackWebhooks() {}

    static final WebhookScheme SCHEME = WebhookScheme.hmac(
                    Algorithm.HMAC_SHA256, "X-Slack-Signature", "v0=", Coding.HEX)
            .savedIn(Slack.SIGNING_SECRET)
            .over("v0:{timestamp}:{body}")
            .time(header("X-Slack-Request-Timestamp"), Clock.SECONDS)
            .id(body("event_id"))
            .type(body("event.type"))
            .type(body("type"))
            .challenge("type", "url_verification", "challenge")
            .build();
}
