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
 * @param selected what the member's choice after the consent means, such as a page's id; empty where nothing was chosen
 */
public record Payload(String anchor, Tokens tokens, Map<String, Secret> form, Map<String, String> selected) {
    public Payload {
        form = Map.copyOf(form);
        selected = Map.copyOf(selected);
    }

    public Payload(String anchor, Tokens tokens, Map<String, Secret> form) {
        this(anchor, tokens, form, Map.of());
    }

    /** The same with other tokens. */
    public Payload with(Tokens fresh) {
        return new Payload(anchor, fresh, form, selected);
    }

    /** The same with another choice, and with the tokens that it gave. */
    public Payload choosing(Tokens chosen, Map<String, String> values) {
        return new Payload(anchor, chosen, form, values);
    }

    @Override
    public String toString() {
        return "Payload[]";
    }
}
