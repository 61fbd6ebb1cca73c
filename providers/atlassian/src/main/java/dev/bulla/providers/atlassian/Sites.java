package dev.bulla.providers.atlassian;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.net.URI;
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
    private static final URI LIST = URI.create("https://api.atlassian.com/oauth/token/accessible-resources");
    private static final String JIRA = "https://api.atlassian.com/ex/jira/";

    private Sites() {}

    static Selection selection() {
        return new Selection(
                List.of(Step.one(STEP, "Site")),
                (query, tokens, call) -> new Page(
                        all(tokens, call).entrySet().stream()
                                .map(site -> Option.of(
                                        site.getKey(),
                                        site.getValue().text("name").orElse(site.getKey())))
                                .toList(),
                        null),
                Sites::choose,
                "no_sites");
    }

    private static Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        List<Choice> choices = chosen.getOrDefault(STEP, List.of());
        String id = choices.isEmpty() ? "" : choices.get(0).id();
        Json site = all(tokens, call).get(id);
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

    private static Map<String, Json> all(Tokens tokens, ProviderCall call) {
        HttpAnswer answer = call.http()
                .send(HttpCall.of(Purpose.TOKEN, "GET", LIST, null)
                        .header("Accept", "application/json")
                        .header(
                                "Authorization",
                                "Bearer " + tokens.main().accessToken().reveal()));
        int status = answer.status();
        if (status / 100 != 2) {
            boolean later = status == 429 || status >= 500;
            throw failure(
                    later ? Kind.TRANSIENT : status == 401 ? Kind.TERMINAL : Kind.MISCONFIGURED,
                    "http_" + status,
                    status);
        }
        Map<String, Json> sites = new LinkedHashMap<>();
        try {
            StrictJson.documentOrArray(answer)
                    .objects("")
                    .forEach(site -> site.text("id")
                            .filter(id -> id.matches("[0-9A-Za-z-]{1,64}"))
                            .ifPresent(id -> sites.putIfAbsent(id, site)));
        } catch (BullaException e) {
            throw failure(Kind.OUTCOME_UNKNOWN, "answer_refused", status);
        }
        return sites;
    }

    private static ProviderException failure(Kind kind, String error, int status) {
        return new ProviderException(kind, error, status, null, "the sites were asked for: " + status);
    }
}
