package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.form.KeyCheck;
import dev.bulla.form.Typed;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Twilio SendGrid, by API key: each member's own, or one that the host provides for everybody. Keys do not expire and are not refreshed.
 *
 * <p>A key is checked by asking for its own scopes. Only one answer says that the key is dead; 401 also stands for a caller who may not see
 * the list, and 403 for a key that is short of rights as well as for a temporary block, so these leave the key unverified rather than
 * refused. Regional subusers of the EU have an API host of their own; which one a key belongs to is not to be seen from it, so it
 * is asked for. A host that answers 451 belongs to the other region. Taking addresses out of pools is a POST (<a
 * href="https://github.com/twilio/sendgrid-oai">description of the API</a>, 2026-01-22).
 *
 * <p>The subject is the id of the key, the part between the dots, so another key of the same account counts as another identity: the
 * account's name is told only to keys with the right {@code user.username.read}, and a key that sends mail needs none such.
 */
public final class SendGrid {
    public static final String ID = "sendgrid";
    /** The form's secret. */
    public static final String API_KEY = "apiKey";

    private static final String DEAD = "The provided authorization grant is invalid, expired, or revoked";
    private static final String BLOCKED = "Too many bad requests";

    private SendGrid() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://api.{region.}sendgrid.com");
        List<Field> fields = List.of(
                Field.secret(API_KEY, "API key", "SendGrid: Settings, API Keys; it is shown once, when it is made")
                        .matching("SG\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+")
                        .length(69, 69),
                Field.text("region", "Region", "eu for a regional subuser of the EU")
                        .normalised(typed -> Typed.LOWER_CASE.apply(typed).replaceFirst("^global$", ""))
                        .matching("eu")
                        .optional());
        KeyCheck check = KeyCheck.get(api, API_KEY, "/v3/scopes")
                .errors(SendGrid::failure)
                .identity((values, answer) -> identity(values.get(API_KEY)))
                .scopes(SendGrid::scopes);
        return Provider.builder(ID, "SendGrid")
                .form(new KeyForm(fields, API_KEY, check))
                .documentation(Documentation.read(
                                "2026-11-20",
                                "https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access",
                                "https://github.com/twilio/sendgrid-oai/blob/main/spec/yaml/tsg_scopes_v3.yaml",
                                "https://github.com/twilio/sendgrid-oai/blob/main/spec/yaml/tsg_api_keys_v3.yaml",
                                "https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/errors",
                                "https://support.sendgrid.com/hc/en-us/articles/18322114821403-4XX-API-Errors-and-Troubleshooting-Suggestions")
                        .unconfirmed(
                                "which message a wrong key gets from this call",
                                "what a key of one region gets from the host of the other",
                                "the prefix SG. and the parts of a key (its 69 characters are documented)")
                        .rateLimit("by endpoint: X-RateLimit-Limit, -Remaining, -Reset (epoch seconds); no Retry-After")
                        .walkthrough(() -> SendGrid.class.getResourceAsStream("sendgrid.md")))
                .hostCredential()
                .perAccount("region")
                .api(api)
                .tools(ToolSet.of()
                        .routes(Route.of("POST", "/**/{what}:batchDelete").tier(Tier.DESTRUCTIVE)))
                .build();
    }

    private static @Nullable Failure failure(int status, Json answer) {
        if (status == 401 && says(answer, DEAD)) {
            return new Failure(TERMINAL, "key_refused");
        }
        if (status == 403 && says(answer, BLOCKED)) {
            return new Failure(TRANSIENT, "temporary_block");
        }
        return status == 451 ? new Failure(TERMINAL, "wrong_region") : null;
    }

    private static boolean says(Json answer, String words) {
        return answer.objects("errors").stream()
                .anyMatch(error -> error.text("message").orElse("").startsWith(words));
    }

    private static @Nullable Identity identity(@Nullable Secret key) {
        if (key == null) {
            return null;
        }
        String id = key.reveal().split("\\.")[1];
        return Identity.of(id, "API key " + id);
    }

    private static List<String> scopes(Json answer) {
        return answer.list("scopes").orElse(List.of()).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
