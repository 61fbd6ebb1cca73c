package dev.bulla.webhook;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A verified webhook: a hint that something happened at a service, and never an authority. Whoever needs to know asks the service. Immutable;
 * {@code toString} shows nothing of the payload.
 */
public final class WebhookEvent {
    private final String tenant;
    private final String connectionId;
    private final String connection;
    private final String provider;
    private final String type;
    private final String deliveryId;
    private final Instant at;
    private final byte[] body;

    public WebhookEvent(
            String tenant,
            String connectionId,
            String connection,
            String provider,
            String type,
            String deliveryId,
            Instant at,
            byte[] body) {
        this.tenant = tenant;
        this.connectionId = connectionId;
        this.connection = connection;
        this.provider = provider;
        this.type = type;
        this.deliveryId = deliveryId;
        this.at = at;
        this.body = body.clone();
    }

    public String tenant() {
        return tenant;
    }

    /** The id of the connection, which stays when its name is given to another one. */
    public String connectionId() {
        return connectionId;
    }

    /** The name of the connection. */
    public String connection() {
        return connection;
    }

    /** The provider's id. */
    public String provider() {
        return provider;
    }

    /** The service's word for what happened; empty where it says none. It need not be signed: see the provider's scheme. */
    public String type() {
        return type;
    }

    /** The service's id of the delivery or event; empty where it says none. */
    public Optional<String> deliveryId() {
        return deliveryId.isEmpty() ? Optional.empty() : Optional.of(deliveryId);
    }

    /** When it arrived, by the time of the database. */
    public Instant at() {
        return at;
    }

    /** The body, where it is JSON that can be read strictly; of an array the elements stand under the empty name. Read anew at each call. */
    public Optional<Json> payload() {
        try {
            return Optional.of(StrictJson.documentOrArray(body));
        } catch (BullaException e) { // a form, perhaps
            return Optional.empty();
        }
    }

    /** The bytes that were verified. */
    public byte[] body() {
        return body.clone();
    }

    /** How long the body is, in bytes. */
    public int size() {
        return body.length;
    }

    @Override
    public String toString() {
        return "WebhookEvent[" + provider + ", " + connection + ", " + type + ", " + body.length + " bytes]";
    }
}
