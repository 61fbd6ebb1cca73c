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
 * @param pending whether it is of no use before the member chooses what it stands for
 * @param choice what the member had chosen before and holds still, as it stands in the row; empty where nothing is chosen
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
        boolean verified,
        boolean pending,
        String choice) {
    /** One that no choice completes. */
    Arrival(
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
        this(connection, member, label, appId, app, payload, identity, requested, named, verified, false, "");
    }

    /** The same, for which a choice is pending, or open. */
    Arrival awaiting(boolean needed) {
        return new Arrival(
                connection, member, label, appId, app, payload, identity, requested, named, verified, needed, "");
    }

    /** The same as what was chosen: {@code text} says what. */
    Arrival chosen(Payload contents, Identity shown, String text) {
        return new Arrival(
                connection, member, label, appId, app, contents, shown, requested, named, verified, false, text);
    }

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
