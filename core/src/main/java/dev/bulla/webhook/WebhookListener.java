package dev.bulla.webhook;

/**
 * Is told of verified webhooks, by one thread of each node, in the order in which they came to it. What it throws is counted, logged by
 * class name, and told to nobody else: the service has had its answer.
 *
 * <p>How often: services send some things more than once, and what is the same is told once. What was answered and not yet told is lost
 * where the process ends, so together it is neither at least nor at most once. Whoever must not miss anything looks for himself from time to
 * time as well.
 */
@FunctionalInterface
public interface WebhookListener {
    void on(WebhookEvent event);
}
