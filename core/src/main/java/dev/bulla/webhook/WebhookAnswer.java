package dev.bulla.webhook;

/**
 * What the service is answered, as plain text.
 *
 * @param status 200: taken, or had before; 401: not proven, or there is no such address, which look alike; 503: to be sent again later
 * @param text mostly nothing
 */
public record WebhookAnswer(int status, String text) {
    @Override
    public String toString() {
        return "WebhookAnswer[" + status + "]";
    }
}
