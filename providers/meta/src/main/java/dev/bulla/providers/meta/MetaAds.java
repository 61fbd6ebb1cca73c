package dev.bulla.providers.meta;

import dev.bulla.provider.Json;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Meta Ads, by the Marketing API. {@link Graph} tells what Meta's services share.
 *
 * <p>Members choose one ad account after the consent, known by its digits: in paths of the API stands {@code act_} before them. Offered are
 * accounts that are active or in their grace period, for both run ads. They may also choose the Page that the ads stand for. The token stays
 * the person's; a choice says what is meant.
 */
public final class MetaAds {
    public static final String ID = "meta-ads";
    /** The digits of the chosen ad account, among an account's attributes. */
    public static final String AD_ACCOUNT_ID = "ad_account_id";
    /** Its name, the service's or the member's own. */
    public static final String AD_ACCOUNT_NAME = "ad_account_name";

    private static final String STEP = "ad_account";
    private static final String PREFIX = "act_";
    private static final Set<String> USABLE = Set.of("1", "9");

    private MetaAds() {}

    public static Provider create() {
        return Graph.provider(ID, "Meta Ads")
                .scopes(
                        Scope.of("ads_management", "Read and change ads", "In the ad accounts that the member may use.")
                                .needed(),
                        Scope.of("ads_read", "Read reports about ads").needed(),
                        Scope.of(
                                        "business_management",
                                        "Use business portfolios",
                                        "The member's business portfolios and what belongs to them.")
                                .preset(),
                        Scope.of("pages_show_list", "See which Pages you manage")
                                .preset(),
                        Scope.of("pages_read_engagement", "Read content of Pages")
                                .preset())
                .selection(new Selection(
                                List.of(
                                        Step.one(STEP, "Ad account").normalised(MetaAds::digits),
                                        Step.one(Pages.STEP, "Page for the ads").optional()),
                                MetaAds::list,
                                MetaAds::choose,
                                "no_accounts")
                        .telling("accounts", true))
                .returnParameters("metaads", "username")
                .webhooks(MetaWebhooks.SCHEME)
                .documentation(Graph.documentation(
                                "https://developers.facebook.com/documentation/ads-commerce/marketing-api/get-started/authorization",
                                "https://developers.facebook.com/docs/marketing-api/reference/ad-account/")
                        .rateLimit(
                                "Per app and ad account and hour: 300 and 40 for each active ad, 100,000 with full access; 400 with"
                                        + " code 80004 and the minutes to wait in X-Business-Use-Case-Usage")
                        .walkthrough(() -> MetaAds.class.getResourceAsStream("meta-ads.md")))
                .build();
    }

    private static String digits(String typed) {
        String id = typed.strip();
        return id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
    }

    private static Page list(Query query, Tokens tokens, ProviderCall call) {
        if (query.step().equals(Pages.STEP)) {
            return Pages.list(query, tokens, call);
        }
        Json page = Graph.get(
                "/me/adaccounts?fields=id,account_id,name,account_status,currency" + Graph.after(query.page()),
                tokens,
                call);
        List<Option> options = page.objects("data").stream()
                .filter(MetaAds::isUsable)
                .map(account -> Option.of(account.id("account_id").orElse(""), name(account)))
                .toList();
        return new Page(options, Graph.next(page));
    }

    private static Chosen choose(Map<String, List<Choice>> chosen, Tokens tokens, ProviderCall call) {
        Choice choice = Objects.requireNonNull(chosen.get(STEP)).get(0);
        Json account = Graph.chosen(PREFIX, choice.id(), "account_id,name,account_status", tokens, call);
        if (!isUsable(account)) {
            throw Selection.unknown();
        }
        String name = choice.name() == null || choice.name().isBlank() ? name(account) : choice.name();
        Map<String, String> attributes = new LinkedHashMap<>(Map.of(AD_ACCOUNT_ID, choice.id(), AD_ACCOUNT_NAME, name));
        for (Choice page : chosen.getOrDefault(Pages.STEP, List.of())) {
            Json found = Graph.chosen("", page.id(), "id,name", tokens, call);
            attributes.put(FacebookPage.PAGE_ID, page.id());
            attributes.put(FacebookPage.PAGE_NAME, found.text("name").orElse(page.id()));
        }
        return new Chosen(tokens, attributes, name);
    }

    private static boolean isUsable(Json account) {
        return account.id("account_id").isPresent()
                && account.id("account_status").filter(USABLE::contains).isPresent();
    }

    private static String name(Json account) {
        return account.text("name")
                .filter(name -> !name.isBlank())
                .orElseGet(() -> account.id("account_id").orElse(""));
    }
}
