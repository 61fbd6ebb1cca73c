package dev.bulla.providers.meta;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;

import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The choice of a Page. Pages that a member reaches through a business portfolio alone are missing in {@code /me/accounts}, without a word,
 * so each portfolio is asked for those that it owns and those of its clients; one that refuses is passed over.
 */
final class Pages {
    static final String STEP = "page";

    private static final Set<String> TASKS =
            Set.of("CREATE_CONTENT", "MANAGE", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_FULL_CONTROL");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");
    private static final Pattern BUSINESS = Pattern.compile("[0-9]{1,30}");
    private static final int MOST_PAGES = 20;

    private Pages() {}

    /** All at once: what comes from several places is listed once each. */
    static Page list(Query query, Tokens tokens, ProviderCall call) {
        Map<String, Option> options = new LinkedHashMap<>();
        all("/me/accounts?fields=id,name,access_token,category,tasks", tokens, call)
                .forEach(page -> add(page, options));
        for (Json business : find("/me/businesses?fields=id,name", tokens, call)) {
            String id = business.id("id").orElse("");
            if (BUSINESS.matcher(id).matches()) {
                String own = "/" + id + "/owned_pages?fields=id,name,access_token,tasks";
                String clients = "/" + id + "/client_pages?fields=id,name,access_token,permitted_tasks";
                find(own, tokens, call).forEach(page -> add(page, options));
                find(clients, tokens, call).forEach(page -> add(page, options));
            }
        }
        return new Page(List.copyOf(options.values()), null);
    }

    static Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        Choice choice = Objects.requireNonNull(chosen.get(STEP)).get(0);
        Json page = Graph.chosen("", choice.id(), "name,access_token", tokens, call);
        Secret token = page.text("access_token")
                .filter(text -> TOKEN.matcher(text).matches())
                .map(Secret::of)
                .orElseThrow(Selection::unknown);
        String name = choice.name() == null || choice.name().isBlank()
                ? page.text("name").orElse(choice.id())
                : choice.name();
        return new Chosen(
                tokens.standIn(TokenSet.of(token)),
                Map.of(FacebookPage.PAGE_ID, choice.id(), FacebookPage.PAGE_NAME, name),
                name);
    }

    private static void add(Json page, Map<String, Option> options) {
        String id = page.id("id").orElse("");
        if (!id.isEmpty() && isUsable(page)) {
            options.putIfAbsent(id, Option.of(id, page.text("name").orElse(id)));
        }
    }

    /** Where the service does not say what the member may do there, the choice will show. */
    private static boolean isUsable(Json page) {
        return page.list("tasks")
                .or(() -> page.list("permitted_tasks"))
                .map(tasks -> tasks.stream().anyMatch(TASKS::contains))
                .orElse(true);
    }

    /** None where the member's role does not reach so far. */
    private static List<Json> find(String path, Tokens tokens, ProviderCall call) {
        try {
            return all(path, tokens, call);
        } catch (ProviderException e) {
            if (e.kind() == MISCONFIGURED) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<Json> all(String path, Tokens tokens, ProviderCall call) {
        List<Json> found = new ArrayList<>();
        String cursor = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Json page = Graph.get(path + Graph.after(cursor), tokens, call);
            found.addAll(page.objects("data"));
            cursor = Graph.next(page);
            if (cursor == null) {
                break;
            }
        }
        return found;
    }
}
