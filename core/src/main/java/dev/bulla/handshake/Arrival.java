package dev.bulla.handshake;

import dev.bulla.provider.Identity;
import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.Payload;
import java.util.List;

/**
 * A credential that has arrived and waits to be stored. {@code toString} shows nothing.
 *
 * @param connection as read before
 * @param member whose account it becomes
 * @param label which of the member's accounts on the connection
 * @param appId the app registration that issued it; empty for forms
 * @param payload what will be sealed
 * @param identity whose account it is at the service
 * @param requested scopes that were asked for
 * @param granted scopes that were granted; those asked for where the service did not say
 * @param verified whether the service confirmed it
 */
record Arrival(
        ConnectionRow connection,
        String member,
        String label,
        String appId,
        Payload payload,
        Identity identity,
        List<String> requested,
        List<String> granted,
        boolean verified) {
    @Override
    public String toString() {
        return "Arrival[]";
    }
}
