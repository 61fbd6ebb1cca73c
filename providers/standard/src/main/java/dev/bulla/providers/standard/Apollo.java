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
 * Apollo.io, by each member's API key in the header {@code x-api-key}; a master key may stand beside it, for the calls that want one.
 * A wrong key is answered with success, and only {@code is_logged_in} tells. Whose key it is can not be asked.
 */
public final class Apollo {
    public static final String ID = "apollo";
    /** The key that goes along with most calls. */
    public static final String API_KEY = "apiKey";
    /** The key of calls that want a master key: people search and sequences. */
    public static final String MASTER_API_KEY = "masterApiKey";

    private Apollo() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://api.apollo.io/api/v1")
                .attached(Attachment.header("x-api-key")
                        .choosing((method, path) -> wantsMaster(path) ? MASTER_API_KEY : API_KEY))
                .header("Cache-Control", "no-cache");
        return Provider.builder(ID, "Apollo")
                .form(new KeyForm(
                        List.of(
                                Field.secret(API_KEY, "API key", "Apollo: Settings, Integrations, API Keys"),
                                Field.secret(MASTER_API_KEY, "Master API key", "the same page, with Set as master key")
                                        .optional()),
                        API_KEY,
                        KeyCheck.get(api, API_KEY, "/auth/health")
                                .errors(Apollo::failure)
                                .yes(
                                        "is_logged_in is true",
                                        answer -> answer.flag("is_logged_in").orElse(false))))
                .api(api)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://docs.apollo.io/reference/authentication",
                                "https://docs.apollo.io/docs/create-api-key",
                                "https://docs.apollo.io/docs/test-api-key",
                                "https://docs.apollo.io/reference/rate-limits",
                                "https://docs.apollo.io/reference/status-codes")
                        .unconfirmed(
                                "the answer of auth/health to a wrong key, which others observed",
                                "the shape of a key",
                                "bodies of 422 and 429")
                        .rateLimit(
                                "by plan, for each team and endpoint, by minute, hour and day; headers say what is left")
                        .walkthrough(() -> Apollo.class.getResourceAsStream("apollo.md")))
                .build();
    }

    private static boolean wantsMaster(String path) {
        return path.startsWith("/api/v1/mixed_people/")
                || path.startsWith("/api/v1/emailer_campaigns/")
                || path.startsWith("/api/v1/users/");
    }

    private static @Nullable Failure failure(int status, Json answer) {
        boolean loggedOut = !answer.flag("is_logged_in").orElse(true);
        return status == 401 || loggedOut ? new Failure(Kind.TERMINAL, "key_refused") : null;
    }
}
