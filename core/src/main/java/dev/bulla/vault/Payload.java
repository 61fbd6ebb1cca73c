package dev.bulla.vault;

import dev.bulla.provider.Secret;
import dev.bulla.provider.Tokens;
import java.util.Map;

/**
 * The plain contents of an account's record. {@code toString} shows nothing.
 *
 * @param anchor what the secrets are bound to: compared before they are sent anywhere
 * @param tokens token sets; for a form, the secret field as the main set
 * @param form values of a form, by field name; empty for OAuth
 */
public record Payload(String anchor, Tokens tokens, Map<String, Secret> form) {
    public Payload {
        form = Map.copyOf(form);
    }

    /** The same anchor and form with other tokens. */
    public Payload with(Tokens fresh) {
        return new Payload(anchor, fresh, form);
    }

    @Override
    public String toString() {
        return "Payload[]";
    }
}
