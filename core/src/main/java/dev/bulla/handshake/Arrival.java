package dev.bulla.handshake;

import dev.bulla.provider.App;
import dev.bulla.provider.Identity;
import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential that has arrived and waits to be stored. {@code toString} shows nothing.
 *
 * @param connection as read before
 * @param member whose account it becomes
 * @param label which of the member's accounts on the connection
 * @param appId the app registration that issued it; empty for forms
 * @param app that registration, opened; null for forms
 * @param payload what will be sealed
 * @param identity whose account it is at the service
 * @param requested scopes that were asked for
 * @param named scopes that the service said it granted; null where it did not say
 * @param verified whether the service confirmed it
 */
record Arrival(
        ConnectionRow connection,
        String member,
        String label,
        String appId,
        @Nullable App app,
        Payload payload,
        Identity identity,
        List<String> requested,
        @Nullable List<String> named,
        boolean verified) {
    /** Granted scopes; those asked for where the service did not say (RFC 6749 section 5.1). */
    List<String> granted() {
        return named == null ? requested : named;
    }

    /** Whether {@link #granted} is an assumption. */
    boolean assumed() {
        return named == null && !requested.isEmpty();
    }

    @Override
    public String toString() {
        return "Arrival[]";
    }
}
