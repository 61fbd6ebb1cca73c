package dev.bulla.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request at the address of a webhook, as it arrived. {@code toString} shows its method only.
 *
 * @param method upper-case method
 * @param id what stands behind {@code hooks/} in the path
 * @param query raw query without the question mark; empty where there is none
 * @param parameters decoded parameters of the query
 * @param headers by names in lower case
 * @param body the bytes as they arrived; empty where something has read them before
 */
public record WebhookDelivery(
        String method,
        String id,
        String query,
        Map<String, List<String>> parameters,
        Map<String, List<String>> headers,
        Optional<byte[]> body) {
    @Override
    public String toString() {
        return "WebhookDelivery[" + method + "]";
    }
}
