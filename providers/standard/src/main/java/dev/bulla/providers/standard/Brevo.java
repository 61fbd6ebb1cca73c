package dev.bulla.providers.standard;

import dev.bulla.form.KeyCheck;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brevo, by each member's API key in the header {@code api-key}. Under the same 401 it says that a key is wrong, and that a good key
 * came from an address that its account does not know yet; the text tells. The subject is the organization, which answers have named
 * only lately; an e-mail address is none.
 */
public final class Brevo {
    public static final String ID = "brevo";
    /** The form's one field. */
    public static final String API_KEY = "apiKey";

    private Brevo() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://api.brevo.com/v3").attached(Attachment.header("api-key"));
        Field key = Field.secret(API_KEY, "API key (v3)", "Brevo: SMTP & API, API keys; it begins with xkeysib-")
                .matching("xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}");
        return Provider.builder(ID, "Brevo")
                .form(new KeyForm(
                        List.of(key),
                        API_KEY,
                        KeyCheck.get(api, API_KEY, "/account")
                                .errors(Brevo::failure)
                                .identity("organization_id", "companyName")))
                .api(api)
                .tools(RawCalls.brevo())
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://developers.brevo.com/docs/api-key-authentication",
                                "https://developers.brevo.com/docs/ip-security",
                                "https://developers.brevo.com/docs/limit-headers",
                                "https://developers.brevo.com/docs/api-limits",
                                "https://developers.brevo.com/reference/get-account")
                        .unconfirmed(
                                "what a key that may not see the account gets there",
                                "the answer for a key that has expired",
                                "the shape of newer keys")
                        .rateLimit(
                                "100 calls an hour for most endpoints, more for single ones; x-sib-ratelimit-reset is"
                                        + " the number of seconds left")
                        .walkthrough(() -> Brevo.class.getResourceAsStream("brevo.md")))
                .build();
    }

    private static @Nullable Failure failure(int status, Json answer) {
        if (status != 401) {
            return null;
        }
        String message = answer.text("message").orElse("");
        return message.contains("IP address")
                ? new Failure(Kind.MISCONFIGURED, "address_unknown")
                : message.startsWith("authentication not found")
                        ? new Failure(Kind.MISCONFIGURED, "header_lost")
                        : new Failure(Kind.TERMINAL, "key_refused");
    }
}
