package dev.bulla.providers.standard;

import dev.bulla.form.KeyCheck;
import dev.bulla.form.Typed;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import java.util.List;

/**
 * OpenAI, by API key: each member's own, or one that the host provides for everybody. Not every 401 speaks of a dead key: an address that
 * is not on the allow list, a project of another region and a missing right are told so too, the last one under 403 or 401, and it proves
 * that the key lives. The list of models costs nothing, and tells nothing about credit. Whose key it is, no answer says.
 */
public final class OpenAi {
    public static final String ID = "openai";
    /** The form's secret. */
    public static final String API_KEY = "apiKey";

    private OpenAi() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://{region.}api.openai.com/v1")
                .header("OpenAI-Organization", "{organization}")
                .header("OpenAI-Project", "{project}");
        List<Field> fields = List.of(
                Field.secret(
                                API_KEY,
                                "API key",
                                "OpenAI platform: Settings, API keys; begins with sk-, and not with sk-admin-")
                        .matching("sk-(?!admin-)[A-Za-z0-9_-]{20,}"),
                Field.text("organization", "Organisation ID", "only for older keys of several organisations: org-...")
                        .matching("org-[A-Za-z0-9]+")
                        .optional(),
                Field.text("project", "Project ID", "only for older keys: proj_...")
                        .matching("proj_[A-Za-z0-9]+")
                        .optional(),
                Field.text("region", "Region", "only for projects with data residency: us, eu, au, in, jp or ae")
                        .normalised(Typed.LOWER_CASE)
                        .matching("us|eu|au|in|jp|ae")
                        .optional());
        KeyCheck check = KeyCheck.get(api, API_KEY, "/models")
                .orYes(
                        "a refusal for missing scopes",
                        (status, answer) -> (status == 401 || status == 403)
                                && message(answer).contains("Missing scopes"))
                .errors((status, answer) -> status == 401 ? refusal(answer) : null)
                .namedBy("openai-organization");
        return Provider.builder(ID, "OpenAI")
                .form(new KeyForm(fields, API_KEY, check))
                .hostCredential()
                .perAccount("region")
                .api(api)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://developers.openai.com/api/reference/overview",
                                "https://developers.openai.com/api/docs/guides/error-codes",
                                "https://developers.openai.com/api/docs/guides/data-residency",
                                "https://github.com/openai/openai-openapi",
                                "https://github.com/openai/openai-node")
                        .unconfirmed(
                                "under which status a missing right is told: 403 by its documented class, 401 in reports",
                                "whether the list of models itself tells of a wrong region (reports are of other calls)",
                                "whether the header openai-organization comes with keys of a project")
                        .rateLimit("by organisation, project, model and tier: x-ratelimit-*, retry-after in seconds;"
                                + " a 429 for lack of credit passes with no waiting")
                        .walkthrough(() -> OpenAi.class.getResourceAsStream("openai.md")))
                .build();
    }

    private static Failure refusal(Json answer) {
        String code = answer.text("error", "code").orElse("");
        boolean alive = code.equals("incorrect_hostname")
                || code.equals("ip_not_authorized")
                || message(answer).startsWith("Your IP is not authorized");
        return alive ? new Failure(Kind.MISCONFIGURED, "not_from_here") : new Failure(Kind.TERMINAL, "key_refused");
    }

    private static String message(Json answer) {
        return answer.text("error", "message").orElse("");
    }
}
