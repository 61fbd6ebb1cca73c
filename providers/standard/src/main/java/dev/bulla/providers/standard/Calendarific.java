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
import dev.bulla.tool.AnswerKind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calendarific, by API key: each member's own, or one that the host provides for everybody. The key stands in the query, the one place
 * that is documented. What an answer means stands in its {@code meta.code}, whatever its status; a quota that is used up is told with 429
 * under words that speak of credentials, and is about a good key. Checking a key costs one call of the quota; no call says whose it is.
 */
public final class Calendarific {
    public static final String ID = "calendarific";
    /** The form's one field. */
    public static final String API_KEY = "apiKey";

    private Calendarific() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://calendarific.com/api/v2").attached(Attachment.query("api_key"));
        Field key = Field.secret(API_KEY, "API key", "Calendarific: account, API key")
                .matching("[A-Za-z0-9]{20,64}");
        KeyCheck check = KeyCheck.get(api, API_KEY, "/countries")
                .yes(
                        "meta.code 200 with countries",
                        answer -> code(answer) == 200
                                && answer.list("response", "countries").isPresent())
                .errors(Calendarific::failure);
        return Provider.builder(ID, "Calendarific")
                .form(new KeyForm(List.of(key), API_KEY, check))
                .hostCredential()
                .api(api)
                .answers((path, answer) -> kind(code(answer)))
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://calendarific.com/api-documentation",
                                "https://github.com/calendarific/python-calendarific",
                                "https://learn.microsoft.com/connectors/calendarificip",
                                "https://github.com/pinkywafer/Calendarific/issues/28")
                        .unconfirmed(
                                "the status of a refused key: 401 in one observation, 200 in another",
                                "the status of the answers with the codes 422, 429, 600, 601 and 602",
                                "whether a free quota that was used up comes back",
                                "the length of a key: 32 and 40 characters are seen",
                                "whether a call with a wrong key counts")
                        .rateLimit("500 calls a month in the free plan, each one counts; no header tells what is left")
                        .walkthrough(() -> Calendarific.class.getResourceAsStream("calendarific.md")))
                .build();
    }

    private static @Nullable Failure failure(int status, Json answer) {
        return switch (code(answer)) {
            case 401, 601 -> new Failure(Kind.TERMINAL, "key_refused");
            case 429 -> new Failure(Kind.MISCONFIGURED, "quota_used_up");
            case 600 -> new Failure(Kind.TRANSIENT, "maintenance");
            case 422, 602 -> new Failure(Kind.MISCONFIGURED, "request_refused");
            default -> null;
        };
    }

    private static @Nullable AnswerKind kind(int code) {
        return switch (code) {
            case 0, 200 -> null;
            case 401, 601 -> AnswerKind.UNAUTHORIZED;
            case 429 -> AnswerKind.THROTTLED;
            case 600 -> AnswerKind.FAILED;
            default -> AnswerKind.REFUSED;
        };
    }

    private static int code(Json answer) {
        return answer.number("meta", "code").map(BigDecimal::intValue).orElse(0);
    }
}
