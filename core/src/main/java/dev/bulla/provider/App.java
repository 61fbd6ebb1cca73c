package dev.bulla.provider;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth app registration as one request needs it.
 *
 * @param clientId the client id
 * @param clientSecret the client secret (or the private key of a {@code private_key_jwt} client), null for a public client
 * @param redirectUri exactly as registered
 * @param instance checked values of the provider's URL templates, such as a shop or subdomain
 */
public record App(String clientId, @Nullable Secret clientSecret, URI redirectUri, Map<String, String> instance) {
    public App {
        instance = Map.copyOf(instance);
    }
}
