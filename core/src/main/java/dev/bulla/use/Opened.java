package dev.bulla.use;

import dev.bulla.provider.Secret;
import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.Payload;
import java.util.Map;

/**
 * A credential that is open in a session. {@code toString} shows nothing secret.
 *
 * @param accountId the account; empty for a credential of the host
 * @param sealNo the contents that were opened
 * @param connection as read when it was opened
 * @param payload the secrets
 * @param values what a request may need beside the token, by name
 */
public record Opened(
        String accountId, long sealNo, ConnectionRow connection, Payload payload, Map<String, Secret> values) {
    /** The access token of the usual set. */
    public Secret mainToken() {
        return payload.tokens().main().accessToken();
    }

    @Override
    public String toString() {
        return "Opened[" + accountId + ", " + sealNo + "]";
    }
}
