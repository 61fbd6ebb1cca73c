package dev.bulla.providers.github;

import dev.bulla.oauth2.ApiQuestion;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The choice of one installation of the app, among those that its user can reach. Suspended ones can not be used. */
final class Installations {
    static final String ID = "installation_id";
    private static final String LOGIN = "account_login";
    private static final String STEP = "installation";
    private static final int PER_PAGE = 100;
    private static final int MOST_PAGES = 20;

    private static final ApiQuestion QUESTION = ApiQuestion.of(GitHubUsers.API, GitHubUsers::refusal);

    private Installations() {}

    static Selection selection() {
        return new Selection(
                List.of(Step.one(STEP, "Installation").optional()),
                Installations::list,
                Installations::choose,
                "not_installed");
    }

    private static Page list(Query query, Tokens tokens, ProviderCall call) {
        int page = page(query.page());
        Json answer = ask(page, tokens, call);
        return new Page(
                usable(answer).stream()
                        .map(one -> Option.of(one.id("id").orElse(""), account(one)))
                        .toList(),
                hasMore(answer, page) ? String.valueOf(page + 1) : null);
    }

    private static Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        List<Choice> choices = chosen.getOrDefault(STEP, List.of());
        if (choices.isEmpty()) {
            return new Chosen(tokens, Map.of(), null);
        }
        String id = choices.get(0).id();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Json answer = ask(page, tokens, call);
            Optional<Json> found = usable(answer).stream()
                    .filter(one -> one.id("id").filter(id::equals).isPresent())
                    .findFirst();
            if (found.isPresent()) {
                return new Chosen(tokens, Map.of(ID, id, LOGIN, account(found.get())), null);
            }
            if (!hasMore(answer, page)) {
                break;
            }
        }
        throw Selection.unknown();
    }

    /** An enterprise has a slug and no login. */
    private static String account(Json installation) {
        return installation
                .text("account", "login")
                .or(() -> installation.text("account", "slug"))
                .or(() -> installation.id("id"))
                .orElse("");
    }

    private static List<Json> usable(Json answer) {
        return answer.objects("installations").stream()
                .filter(one -> one.id("id").isPresent() && !one.has("suspended_at"))
                .toList();
    }

    private static boolean hasMore(Json answer, int page) {
        int seen = (page - 1) * PER_PAGE + answer.objects("installations").size();
        return answer.number("total_count")
                .filter(total -> total.intValue() > seen)
                .isPresent();
    }

    private static int page(@Nullable String named) {
        return named != null && named.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(named) : 1;
    }

    private static Json ask(int page, Tokens tokens, ProviderCall call) {
        String further = page == 1 ? "" : "&page=" + page;
        return QUESTION.get("/user/installations?per_page=" + PER_PAGE + further, tokens, call);
    }
}
