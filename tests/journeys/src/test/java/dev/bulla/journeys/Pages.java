package dev.bulla.journeys;

import dev.bulla.http.StrictJson;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A service where a person has pages: those that there are, those that were asked for, and what a page's token opens. */
final class Pages implements AutoCloseable {
    static final String TOKEN = "canary-page-token-of-";

    final World world;
    final SideService api = new SideService(this::answer);
    private final Map<String, String> names = new LinkedHashMap<>();
    private volatile @Nullable String tokenOfLists;
    volatile Runnable beforeChoice = () -> {};

    Pages(World world, String... ids) {
        this.world = world;
        for (String id : ids) {
            names.put(id, "Page " + id);
        }
        world.beside(api);
    }

    void named(String id, String name) {
        names.put(id, name);
    }

    void gone(String id) {
        names.remove(id);
    }

    /** The token with which pages were asked for last. */
    String tokenOfLists() {
        return String.valueOf(tokenOfLists);
    }

    SideService.Answer answer(SideService.Asked asked) {
        String[] path = asked.uri().getPath().split("/");
        if (asked.uri().getPath().startsWith("/pages/")) {
            tokenOfLists = asked.bearer();
            String name = names.get(path[2]);
            return name == null
                    ? new SideService.Answer(404, "{}")
                    : new SideService.Answer(
                            200, "{\"name\":\"%s\",\"token\":\"%s\"}".formatted(name, TOKEN + path[2]));
        }
        if (asked.uri().getPath().equals("/pages")) {
            tokenOfLists = asked.bearer();
            String query = Trip.parameters(asked.uri()).getOrDefault("q", "");
            String entries = names.entrySet().stream()
                    .filter(page -> page.getValue().contains(query))
                    .map(page -> "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(page.getKey(), page.getValue()))
                    .collect(Collectors.joining(","));
            return new SideService.Answer(200, "{\"data\":[" + entries + "]}");
        }
        return new SideService.Answer(200, "{}");
    }

    private Json get(String target, Tokens tokens, ProviderCall call) {
        HttpAnswer answer = call.http()
                .send(HttpCall.of(HttpCall.Purpose.API, "GET", URI.create(api.at(target)), null)
                        .header(
                                "Authorization",
                                "Bearer " + tokens.main().accessToken().reveal()));
        if (answer.status() == 404) {
            throw Selection.unknown();
        }
        return StrictJson.document(answer);
    }

    private Selection.Page list(Selection.Query query, Tokens tokens, ProviderCall call) {
        String search = query.search() == null ? "" : query.search();
        String branch = query.parent() == null ? "" : query.parent();
        Json answer = get("/pages?q=" + URLEncoder.encode(search, StandardCharsets.UTF_8), tokens, call);
        List<Option> options = new ArrayList<>();
        for (Object entry : answer.list("data").orElseThrow()) {
            Map<?, ?> page = (Map<?, ?>) entry;
            String id = String.valueOf(page.get("id"));
            if (id.startsWith(branch)) {
                options.add(new Option(id, String.valueOf(page.get("name")), false));
            }
        }
        return new Selection.Page(options, null);
    }

    /** The page's token stands in for the person's. */
    private Chosen page(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        beforeChoice.run();
        String id = chosen.get("page").get(0).id();
        Json page = get("/pages/" + id, tokens, call);
        TokenSet token = TokenSet.of(Secret.of(page.text("token").orElseThrow()));
        return new Chosen(
                tokens.standIn(token), Map.of("page_id", id), page.text("name").orElseThrow());
    }

    /** The person's token is kept; what was chosen stands in a header. */
    private Chosen several(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        beforeChoice.run();
        List<String> ids = new ArrayList<>();
        chosen.values().stream().flatMap(List::stream).map(Choice::id).forEach(ids::add);
        ids.forEach(id -> get("/pages/" + id, tokens, call));
        return new Chosen(tokens, ids.isEmpty() ? Map.of() : Map.of("page_ids", String.join("+", ids)), null);
    }

    /** One page, whose token is used from then on. */
    Selection one() {
        return new Selection(List.of(Step.one("page", "Page")), this::list, this::page, "no_pages")
                .telling("pages", true);
    }

    /** Some pages, whose ids go along. */
    Selection some(Step... steps) {
        return new Selection(List.of(steps), this::list, this::several, "no_accounts");
    }

    Provider provider(Selection selection) {
        OAuth2Spec spec = world.spec().build();
        return Provider.builder("paged", "Paged")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer(api.at("")).header("pages", "{page_ids}"))
                .scopes(Scope.of("notes.read", "Read notes").preset())
                .selection(selection)
                .returnParameters("pg", "username")
                .custom()
                .build();
    }

    /** The host goes on with this provider, and its owner has set it up under the name "pages". */
    Pages connectable(Selection selection) {
        world.restartKnowing(provider(selection));
        world.connection("pages", "paged");
        return this;
    }

    @Override
    public void close() {
        api.close();
    }
}
