package dev.bulla.model;

import dev.bulla.provider.Mode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An owner's configuration of one provider under a unique name in one tenant. A view without secrets.
 *
 * @param id opaque and stable; it stands in the redirect URI of an own app
 * @param name the handle in every call
 * @param provider provider id
 * @param mode how its accounts are authorised
 * @param enabled whether the owner lets it be used; it is usable when {@code missing} is empty too
 * @param required whether the tenant counts as set up only when nothing is missing here
 * @param memberKeyFirst whether members need a key before they connect here
 * @param revision counts the owner's changes
 * @param clientId client id of the own app, if one is saved
 * @param scopes scopes that new consents ask for
 * @param fields plain settings, such as a subdomain
 * @param secrets names of the secrets that are stored; their values never come back
 * @param redirectUriIfAny what to register at the service; empty for providers without OAuth
 * @param missing names of settings that are still needed
 */
public record Connection(
        String id,
        String name,
        String provider,
        Mode mode,
        boolean enabled,
        boolean required,
        boolean memberKeyFirst,
        long revision,
        Optional<String> clientId,
        List<String> scopes,
        Map<String, String> fields,
        List<String> secrets,
        Optional<URI> redirectUriIfAny,
        List<String> missing) {

    /** Whether members can connect: enabled and nothing missing. */
    public boolean usable() {
        return enabled && missing.isEmpty();
    }

    /**
     * What to register at the service, byte for byte.
     *
     * @throws IllegalStateException for a connection without OAuth
     */
    public URI redirectUri() {
        return redirectUriIfAny.orElseThrow(() -> new IllegalStateException("no OAuth, no redirect URI"));
    }
}
