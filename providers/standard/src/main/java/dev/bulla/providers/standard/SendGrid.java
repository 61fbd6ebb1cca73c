package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.form.KeyCheck;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec.ErrorReader.Failure;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twilio SendGrid, by API key: each member's own, or one that the host provides for everybody. Keys do not expire and are not refreshed.
 *
 * <p>A key is checked by asking for its own scopes. Only one answer says that the key is dead; 401 also stands for a caller who may not see
 * the list, and 403 for a key that is short of rights as well as for a temporary block, so these leave the key unverified rather than
 * refused. Regional subusers of the EU have an API host of their own; which one a key belongs to is not to be seen from it, so they
 * are a provider of their own, {@link #createEu}. A host that answers 451 belongs to the other region.
 *
 * <p>The subject is the id of the key, the part between the dots, so another key of the same account counts as another identity: the
 * account's name is told only to keys with the right {@code user.username.read}, and a key that sends mail needs none such.
 */
public final class SendGrid {
    public static final String ID = "sendgrid";
    /** The provider for accounts of the EU region. */
    public static final String EU_ID = "sendgrid-eu";
    /** The form's one field. */
    public static final String API_KEY = "api_key";

    private static final String DEAD = "The provided authorization grant is invalid, expired, or revoked";

    private SendGrid() {}

    public static Provider create() {
        return provider(ID, "SendGrid", "https://api.sendgrid.com");
    }

    public static Provider createEu() {
        return provider(EU_ID, "SendGrid (EU)", "https://api.eu.sendgrid.com");
    }

    private static Provider provider(String id, String name, String base) {
        ApiAccess api = ApiAccess.bearer(base);
        Field key = Field.secret(API_KEY, "API key", "SendGrid: Settings, API Keys; it is shown once, when it is made")
                .matching("SG\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
        KeyCheck check = KeyCheck.get(api, API_KEY, "/v3/scopes")
                .errors(SendGrid::failure)
                .identity((values, answer) -> identity(values.get(API_KEY)))
                .scopes(SendGrid::scopes);
        return Provider.builder(id, name)
                .form(new KeyForm(List.of(key), API_KEY, check))
                .documentation(Documentation.read(
                                "2026-11-20",
                                "https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access",
                                "https://github.com/twilio/sendgrid-oai/blob/main/spec/yaml/tsg_scopes_v3.yaml",
                                "https://github.com/twilio/sendgrid-oai/blob/main/spec/yaml/tsg_api_keys_v3.yaml",
                                "https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/errors",
                                "https://support.sendgrid.com/hc/en-us/articles/18322114821403-4XX-API-Errors-and-Troubleshooting-Suggestions")
                        .unconfirmed(
                                "which message a wrong key gets from this call",
                                "what a key of one region gets from the host of the other"))
                .hostCredential()
                .api(api)
                .build();
    }

    private static @Nullable Failure failure(int status, Json answer) {
        boolean dead = status == 401 && messages(answer).stream().anyMatch(text -> text.startsWith(DEAD));
        return dead
                ? new Failure(TERMINAL, "key_refused")
                : status == 451 ? new Failure(TERMINAL, "wrong_region") : null;
    }

    private static @Nullable Identity identity(@Nullable Secret key) {
        if (key == null) {
            return null;
        }
        String id = key.reveal().split("\\.")[1];
        return Identity.of(id, "API key " + id);
    }

    private static List<String> scopes(Json answer) {
        return texts(answer.list("scopes").orElse(List.of()));
    }

    private static List<String> messages(Json answer) {
        return texts(answer.list("errors").orElse(List.of()).stream()
                .map(error -> error instanceof Map<?, ?> fields ? fields.get("message") : error)
                .toList());
    }

    private static List<String> texts(List<?> list) {
        return list.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
