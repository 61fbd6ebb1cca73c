package dev.bulla.providers.standard;

import dev.bulla.form.KeyCheck;
import dev.bulla.limit.ApiLimit;
import dev.bulla.limit.Rate;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.List;

/**
 * lemlist, by each member's API key, which goes as a password without a user name. A key belongs to one team, which is the subject. Every
 * answer carries {@code Retry-After}, those of success too. All routes together take <a
 * href="https://developer.lemlist.com/api-reference/getting-started/rate-limits">20 requests in two seconds for each key</a> (read on
 * 2026-11-21), in windows that begin anew.
 */
public final class Lemlist {
    public static final String ID = "lemlist";
    /** The form's one field. */
    public static final String API_KEY = "apiKey";

    private Lemlist() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://api.lemlist.com/api").attached(Attachment.basic(""));
        Field key = Field.secret(API_KEY, "API key", "lemlist: Settings, Integrations, Generate")
                .matching("[A-Za-z0-9_-]{20,80}");
        KeyCheck check = KeyCheck.get(api, API_KEY, "/team")
                .errors((status, answer) -> status == 400 || status == 401 || status == 403
                        ? new Failure(Kind.TERMINAL, "key_refused")
                        : null)
                .identity("_id", "name");
        return Provider.builder(ID, "lemlist")
                .form(new KeyForm(List.of(key), API_KEY, check))
                .api(api)
                .limit(ApiLimit.perAccount(Rate.window(20, Duration.ofSeconds(2))))
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://developer.lemlist.com/api-reference/getting-started/authentication",
                                "https://developer.lemlist.com/api-reference/getting-started/errors",
                                "https://github.com/l3mpire/lemlist-developer")
                        .unconfirmed(
                                "the bodies of 401, 403 and 429",
                                "the shape of a key: 32 hexadecimal digits in samples")
                        .rateLimit("20 requests in 2 seconds for each key")
                        .walkthrough(() -> Lemlist.class.getResourceAsStream("lemlist.md")))
                .build();
    }
}
