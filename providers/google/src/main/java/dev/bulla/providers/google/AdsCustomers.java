package dev.bulla.providers.google;

import dev.bulla.form.Typed;
import dev.bulla.oauth2.ApiQuestion;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a customer. Google lists only what a member reaches directly; the clients of a manager are asked of the manager, all levels
 * at once. Managers, hidden and closed accounts are no choice. A client is used through its manager, whose id is kept beside it; where an
 * account is reached directly too, that is the way that is kept. An account that can not be read is passed over.
 */
final class AdsCustomers {
    static final String CUSTOMER = "customerId";
    static final String LOGIN = "loginCustomerId";
    static final String NOT_ADS_USER = "NOT_ADS_USER";

    private static final String STEP = "customer";
    private static final int ROOTS = 10;
    private static final int PAGES = 10;
    private static final String BASE = "/" + GoogleAds.VERSION + "/";
    private static final String ENABLED = "ENABLED";
    private static final String ABOUT =
            "SELECT customer.id, customer.descriptive_name, customer.manager, customer.status FROM customer LIMIT 1";
    private static final String CLIENTS =
            "SELECT customer_client.id, customer_client.descriptive_name, customer_client.level,"
                    + " customer_client.manager, customer_client.status, customer_client.hidden FROM customer_client";

    private final ApiQuestion api;

    private AdsCustomers(ApiQuestion api) {
        this.api = api;
    }

    static Selection selection(ApiAccess api) {
        AdsCustomers customers = new AdsCustomers(ApiQuestion.of(api, GoogleApi::failure));
        return new Selection(
                        List.of(Step.one(STEP, "Customer").normalised(Typed.DIGITS)),
                        customers::list,
                        customers::choose,
                        "no_accounts")
                .telling("accounts", false);
    }

    /** Ten of the accounts that are reached directly make a page, with all that is below them. */
    private Page list(Query query, Tokens tokens, ProviderCall call) {
        List<String> roots = roots(tokens, call);
        int from = query.page() == null || !query.page().matches("[0-9]{1,4}") ? 0 : Integer.parseInt(query.page());
        int to = Math.min(roots.size(), from + ROOTS);
        Map<String, String> names = new LinkedHashMap<>();
        for (String root : roots.subList(Math.min(from, to), to)) {
            below(root, tokens, call).forEach(names::putIfAbsent);
        }
        return new Page(
                names.entrySet().stream()
                        .map(one -> Option.of(one.getKey(), one.getValue()))
                        .toList(),
                to < roots.size() ? String.valueOf(to) : null);
    }

    /** The owner's manager comes last: it need not be one that the member reaches directly. */
    private List<String> roots(Tokens tokens, ProviderCall call) {
        Set<String> roots = new LinkedHashSet<>();
        Json answer = api.get(BASE + "customers:listAccessibleCustomers", values(null, call), tokens, call);
        for (Object name : answer.list("resourceNames").orElse(List.of())) {
            Optional.of(String.valueOf(name).replaceFirst("^customers/", ""))
                    .filter(AdsCustomers::isId)
                    .ifPresent(roots::add);
        }
        Optional.ofNullable(manager(call)).ifPresent(roots::add);
        return List.copyOf(roots);
    }

    private static @Nullable String manager(ProviderCall call) {
        Secret manager = call.form().get(GoogleAds.MANAGER_CUSTOMER_ID);
        return manager == null || !isId(manager.reveal()) ? null : manager.reveal();
    }

    private static boolean isId(String text) {
        return text.matches("[0-9]{10}");
    }

    /** Id and name of what can be chosen at or below an account. */
    private Map<String, String> below(String root, Tokens tokens, ProviderCall call) {
        Map<String, String> found = new LinkedHashMap<>();
        Json about = about(root, null, tokens, call);
        if (about == null) {
            return found;
        }
        if (!about.flag("manager").orElse(false)) {
            if (isEnabled(about)) {
                found.put(root, name(about, root));
            }
            return found;
        }
        String page = "";
        for (int pages = 0; pages < PAGES && page != null; pages++) {
            Json answer = search(root, CLIENTS, page, root, tokens, call);
            for (Json row : answer.objects("results")) {
                row.object("customerClient")
                        .filter(AdsCustomers::isUsable)
                        .ifPresent(client -> client.id("id")
                                .filter(AdsCustomers::isId)
                                .ifPresent(id -> found.put(id, name(client, id))));
            }
            page = answer.text("nextPageToken").filter(next -> !next.isEmpty()).orElse(null);
        }
        return found;
    }

    private static boolean isUsable(Json account) {
        return isEnabled(account)
                && !account.flag("manager").orElse(false)
                && !account.flag("hidden").orElse(false);
    }

    private static boolean isEnabled(Json account) {
        return account.text("status").filter(ENABLED::equals).isPresent();
    }

    private static String name(Json account, String id) {
        return account.text("descriptiveName").filter(name -> !name.isBlank()).orElse(id);
    }

    private Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        List<Choice> choices = chosen.getOrDefault(STEP, List.of());
        if (choices.isEmpty() || !isId(choices.get(0).id())) {
            throw Selection.unknown();
        }
        Choice choice = choices.get(0);
        String id = choice.id();
        String manager = manager(call);
        if (manager != null && !manager.equals(id)) {
            Json client = about(id, manager, tokens, call);
            if (client != null) {
                return chosen(choice, client, manager, tokens);
            }
        }
        Json direct = about(id, null, tokens, call);
        if (direct != null) {
            return chosen(choice, direct, null, tokens);
        }
        for (String root : roots(tokens, call)) {
            if (!root.equals(id) && below(root, tokens, call).containsKey(id)) {
                Json client = about(id, root, tokens, call);
                if (client != null) {
                    return chosen(choice, client, root, tokens);
                }
            }
        }
        throw Selection.unknown();
    }

    private static Chosen chosen(Choice choice, Json account, @Nullable String login, Tokens tokens) {
        if (!isUsable(account)) {
            throw Selection.unknown();
        }
        String name = choice.name() == null ? name(account, choice.id()) : choice.name();
        Map<String, String> attributes = new LinkedHashMap<>(Map.of(CUSTOMER, choice.id(), "customerName", name));
        if (login != null) {
            attributes.put(LOGIN, login);
        }
        return new Chosen(tokens, attributes, null);
    }

    /** Null where the account can not be read, in this way or at all. */
    private @Nullable Json about(String id, @Nullable String login, Tokens tokens, ProviderCall call) {
        try {
            return search(id, ABOUT, "", login, tokens, call).objects("results").stream()
                    .flatMap(row -> row.object("customer").stream())
                    .findFirst()
                    .orElse(null);
        } catch (ProviderException e) {
            if (e.kind() == Kind.MISCONFIGURED && e.status() == 403) {
                return null;
            }
            throw e;
        }
    }

    private Json search(
            String id, String query, String page, @Nullable String login, Tokens tokens, ProviderCall call) {
        String token = page.isEmpty() ? "" : ",\"pageToken\":\"" + checked(page) + "\"";
        String body = "{\"query\":\"" + query + "\"" + token + "}";
        return api.post(BASE + "customers/" + id + "/googleAds:search", body, values(login, call), tokens, call);
    }

    /** It goes into JSON as it is. */
    private static String checked(String page) {
        if (!page.matches("[A-Za-z0-9_=+/.-]{1,2000}")) {
            throw new ProviderException(
                    Kind.OUTCOME_UNKNOWN, "answer_refused", 200, null, "the name of a page is not understood");
        }
        return page;
    }

    /** What stands in headers: the owner's fields, and the manager that is asked through, not one of a former choice. */
    private static Map<String, Secret> values(@Nullable String login, ProviderCall call) {
        Map<String, Secret> values = new HashMap<>(call.form());
        values.remove(LOGIN);
        if (login != null) {
            values.put(LOGIN, Secret.of(login));
        }
        return values;
    }
}
