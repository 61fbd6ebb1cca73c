package dev.bulla.providers.github;

import static dev.bulla.provider.WebhookScheme.Found.body;
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
 * GitHub's webhooks: an HMAC of the body by a secret that the receiver chooses; no time is signed, and the id of a delivery is not either.
 * Types are the event with its action, {@code repository.renamed}. By a member's token a webhook of one repository is registered, which
 * needs the scope {@code admin:repo_hook}, or {@code repo}.
 *
 * <p>By the source of docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries (github.com/github/docs) and, of the
 * registration, GitHub's own client (github.com/octokit/plugin-rest-endpoint-methods.js, in the state of 2026-08-01).
 */
final class GitHubWebhooks {
    private GitHubWebhooks() {}

    /** Those of an app, whose address and secret stand in its settings. */
    static WebhookScheme ofApps() {
        return scheme().build();
    }

    static WebhookScheme ofRepositories() {
        return scheme().registration(REPOSITORY).build();
    }

    private static WebhookScheme.Builder scheme() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Hub-Signature-256", "sha256=", Coding.HEX)
                .source(Source.RECEIVER)
                .id(header("X-GitHub-Delivery"))
                .type(header("X-GitHub-Event"), body("action"));
    }

    private static final WebhookRegistration REPOSITORY = WebhookRegistration.of(
                    new Step(
                            "POST",
                            "/repos/{owner}/{repo}/hooks",
                            Map.of(
                                    "name",
                                    "web",
                                    "active",
                                    true,
                                    "events",
                                    "{events}",
                                    "config",
                                    Map.of(
                                            "url",
                                            "{address}",
                                            "content_type",
                                            "json",
                                            "insecure_ssl",
                                            "0",
                                            "secret",
                                            "{secret}"))),
                    List.of("id"),
                    new Step("DELETE", "/repos/{owner}/{repo}/hooks/{id}", Map.of()))
            .values("owner", "repo")
            .events("repository", "push", "pull_request", "issues");
}
