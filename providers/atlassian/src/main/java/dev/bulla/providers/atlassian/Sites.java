package dev.bulla.providers.atlassian;

import dev.bulla.oauth2.ApiQuestion;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The site that an account stands for, out of all that the person ever granted to the app. A site that stands in the list once for each
 * product is one choice; a renamed site keeps its id.
 */
final class Sites {
    static final String CLOUD_ID = "cloud_id";
    static final String API_BASE = "api_base";

    private static final String STEP = "site";
    private static final String API = "https://api.atlassian.com";
    private static final String JIRA = API + "/ex/jira/";

    private Sites() {}

    static Selection selection(ErrorReader errors) {
        ApiQuestion question = ApiQuestion.of(ApiAccess.bearer(API).header("Accept", "application/json"), errors);
        return new Selection(
                List.of(Step.one(STEP, "Site")),
                (query, tokens, call) -> new Page(
                        all(question, tokens, call).entrySet().stream()
                                .map(site -> Option.of(
                                        site.getKey(),
                                        site.getValue().text("name").orElse(site.getKey())))
                                .toList(),
                        null),
                (chosen, tokens, call) -> choose(question, chosen, tokens, call),
                "no_sites");
    }

    private static Chosen choose(
            ApiQuestion question, Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        List<Choice> choices = chosen.getOrDefault(STEP, List.of());
        String id = choices.isEmpty() ? "" : choices.get(0).id();
        Json site = all(question, tokens, call).get(id);
        if (site == null) {
            throw Selection.unknown();
        }
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put(CLOUD_ID, id);
        kept.put(API_BASE, JIRA + id);
        site.text("name").ifPresent(name -> kept.put("site_name", name));
        site.text("url").ifPresent(url -> kept.put("site_url", url));
        return new Chosen(tokens, kept, null);
    }

    private static Map<String, Json> all(ApiQuestion question, Tokens tokens, ProviderCall call) {
        Map<String, Json> sites = new LinkedHashMap<>();
        question.list("/oauth/token/accessible-resources", tokens, call)
                .forEach(site -> site.text("id")
                        .filter(id -> id.matches("[0-9A-Za-z-]{1,64}"))
                        .ifPresent(id -> sites.putIfAbsent(id, site)));
        return sites;
    }
}
