package dev.bulla.connection;

import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Secret;
import dev.bulla.provider.ServiceDiscovery;
import dev.bulla.vault.PlainJson;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sealed with an app registration beside what it is bound to. {@code toString} shows the client id only.
 *
 * @param secret null for a public client
 * @param by how the library made itself known as this client, or empty for the owner's own app
 * @param authentication name of the way in which the client proves itself, or empty where the provider says it
 * @param endsAt epoch second at which the secret ends; 0: never
 * @param redirectUri where a client that registered itself said that it comes back to, or empty
 */
record AppNotes(
        String clientId, @Nullable Secret secret, String by, String authentication, long endsAt, String redirectUri) {
    private static final String SECRET = "secret";
    private static final String BY = "by";
    private static final String AUTHENTICATION = "authentication";
    private static final String ENDS = "ends";
    private static final String REDIRECT = "redirect";
    private static final String DOCUMENT = "document";
    private static final String REGISTRATION = "registration";

    static AppNotes of(String clientId) {
        return ofOwner(clientId, null);
    }

    static AppNotes ofOwner(String clientId, @Nullable Secret secret) {
        return new AppNotes(clientId, secret, "", "", 0, "");
    }

    static AppNotes ofDocument(String address) {
        return new AppNotes(address, null, DOCUMENT, ClientAuthentication.NONE.name(), 0, "");
    }

    static AppNotes of(ServiceDiscovery.Registered registered, URI redirectUri) {
        return new AppNotes(
                registered.clientId(),
                registered.clientSecret(),
                REGISTRATION,
                registered.authentication().name(),
                registered.endsAt(),
                redirectUri.toString());
    }

    static AppNotes read(String clientId, Map<String, Object> in) {
        String secret = PlainJson.textOrNull(in, SECRET);
        String by = PlainJson.textOrNull(in, BY);
        String authentication = PlainJson.textOrNull(in, AUTHENTICATION);
        Long ends = PlainJson.numberOrNull(in, ENDS);
        String redirect = PlainJson.textOrNull(in, REDIRECT);
        return new AppNotes(
                clientId,
                secret == null ? null : Secret.of(secret),
                by == null ? "" : by,
                authentication == null ? "" : authentication,
                ends == null ? 0 : ends,
                redirect == null ? "" : redirect);
    }

    Map<String, Object> write() {
        Map<String, Object> out = new LinkedHashMap<>();
        if (secret != null) {
            out.put(SECRET, secret.reveal());
        }
        if (!by.isEmpty()) {
            out.put(BY, by);
            out.put(AUTHENTICATION, authentication);
            out.put(ENDS, endsAt);
            out.put(REDIRECT, redirectUri);
        }
        return out;
    }

    boolean isSelfMade() {
        return !by.isEmpty();
    }

    boolean isDocument() {
        return by.equals(DOCUMENT);
    }

    /** Whether the secret has ended, or does so within a minute. */
    boolean hasEnded(long nowMillis) {
        return endsAt != 0 && endsAt * 1000 - 60_000 <= nowMillis;
    }

    /** Parts of the service's address, with how this client proves itself where it does so in a way of its own. */
    Map<String, String> among(Map<String, String> fields) {
        if (authentication.isEmpty()) {
            return fields;
        }
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(ServiceDiscovery.AUTHENTICATION, authentication);
        return more;
    }

    @Override
    public String toString() {
        return "AppNotes[" + clientId + "]";
    }
}
