package dev.bulla.provider;

import java.time.Instant;
import java.util.Map;

/**
 * An opened secret, on its way into one request. {@code toString} shows nothing.
 *
 * @param token the access token, or the secret field of a form
 * @param form what was filled in, by field name; for OAuth what a request may need beside the token: the owner's fields, kept fields of
 *     the token answer, and what the member's choice gave
 * @param now the moment of sending, for a service that wants each request signed
 */
public record Credential(Secret token, Map<String, Secret> form, Instant now) {
    public Credential {
        form = Map.copyOf(form);
    }

    @Override
    public String toString() {
        return "Credential[]";
    }
}
