package dev.bulla.providers.github;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.Credential;
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
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The choice of one installation of the app, among those that its user can reach. Suspended ones can not be used. */
final class Installations {
    static final String ID = "installation_id";
    private static final String LOGIN = "account_login";
    private static final String STEP = "installation";
    private static final Pattern NEXT = Pattern.compile("<[^<>]*[?&]page=([0-9]{1,6})[^<>]*>; *rel=\"next\"");
    private static final int MOST_PAGES = 20;

    private Installations() {}

    static Selection selection() {
        return new Selection(
                List.of(Step.one(STEP, "Installation").optional()),
                Installations::list,
                Installations::choose,
                "not_installed");
    }

    private static Page list(Query query, Tokens tokens, ProviderCall call) {
        List<Option> options = new ArrayList<>();
        HttpAnswer answer = ask(query.page(), tokens, call);
        usable(answer).forEach(one -> options.add(Option.of(one.id("id").orElse(""), account(one))));
        return new Page(options, next(answer));
    }

    private static Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        List<Choice> choices = chosen.getOrDefault(STEP, List.of());
        if (choices.isEmpty()) {
            return new Chosen(tokens, Map.of(), null);
        }
        String id = choices.get(0).id();
        String page = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            HttpAnswer answer = ask(page, tokens, call);
            Optional<Json> found = usable(answer).stream()
                    .filter(one -> one.id("id").filter(id::equals).isPresent())
                    .findFirst();
            if (found.isPresent()) {
                return new Chosen(tokens, Map.of(ID, id, LOGIN, account(found.get())), null);
            }
            page = next(answer);
            if (page == null) {
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

    private static List<Json> usable(HttpAnswer answer) {
        Json json;
        try {
            json = StrictJson.document(answer);
        } catch (BullaException e) {
            throw failure(Kind.OUTCOME_UNKNOWN, answer.status(), null);
        }
        return json.objects("installations").stream()
                .filter(one -> one.id("id").isPresent() && !one.has("suspended_at"))
                .toList();
    }

    private static @Nullable String next(HttpAnswer answer) {
        Matcher next = NEXT.matcher(answer.header("link").orElse(""));
        return next.find() ? next.group(1) : null;
    }

    private static HttpAnswer ask(@Nullable String page, Tokens tokens, ProviderCall call) {
        String further = page == null || !page.matches("[0-9]{1,6}") ? "" : "&page=" + page;
        URI url = URI.create("https://api.github.com/user/installations?per_page=100" + further);
        Credential credential = new Credential(
                tokens.main().accessToken(), Map.of(), call.clock().instant());
        HttpAnswer answer =
                call.http().send(GitHubUsers.API.prepare(HttpCall.of(Purpose.API, "GET", url, null), credential));
        int status = answer.status();
        if (status / 100 == 2) {
            return answer;
        }
        if (status == 401) {
            throw failure(Kind.TERMINAL, status, null);
        }
        Optional<Duration> later = answer.header("retry-after")
                .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        boolean limited =
                answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
        boolean busy = later.isPresent() || limited || status == 429 || status >= 500;
        throw failure(busy ? Kind.TRANSIENT : Kind.MISCONFIGURED, status, later.orElse(null));
    }

    private static ProviderException failure(Kind kind, int status, @Nullable Duration later) {
        return new ProviderException(kind, "http_" + status, status, later, "installations were asked for: " + status);
    }
}
