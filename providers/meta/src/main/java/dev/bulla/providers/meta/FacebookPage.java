package dev.bulla.providers.meta;

import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Step;
import java.util.List;

/**
 * Facebook Pages. {@link Graph} tells what Meta's services share.
 *
 * <p>Members choose a Page after the consent, also where there is but one, and from then on calls carry the token of that Page, which has no
 * end of its own. The person's token is kept beside it and refreshed: it lists the Pages, fetches the Page's token and can revoke.
 */
public final class FacebookPage {
    public static final String ID = "facebook-page";
    /** The chosen Page, among an account's attributes. */
    public static final String PAGE_ID = "page_id";
    /** Its name. */
    public static final String PAGE_NAME = "page_name";

    private FacebookPage() {}

    public static Provider create() {
        return Graph.provider(ID, "Facebook Page")
                .scopes(
                        Scope.of("pages_show_list", "See which Pages you manage")
                                .needed(),
                        Scope.of(
                                        "pages_read_engagement",
                                        "Read content of Pages",
                                        "Posts, followers and facts about the Page.")
                                .needed(),
                        Scope.of("pages_manage_posts", "Publish posts", "Create, edit and delete posts of the Page.")
                                .preset(),
                        Scope.of(
                                        "pages_read_user_content",
                                        "Read what visitors write",
                                        "Comments, ratings and posts of others.")
                                .preset(),
                        Scope.of("pages_manage_metadata", "Manage settings of Pages", "Webhooks and settings.")
                                .preset(),
                        Scope.of(
                                        "business_management",
                                        "Find Pages of business portfolios",
                                        "Needed for Pages that belong to a business portfolio.")
                                .preset(),
                        Scope.of("pages_manage_engagement", "Answer and moderate comments"),
                        Scope.of("pages_messaging", "Read and send messages of Pages"))
                .selection(new Selection(List.of(Step.one(Pages.STEP, "Page")), Pages::list, Pages::choose, "no_pages")
                        .telling("pages", true))
                .returnParameters("fb", "username")
                .webhooks(MetaWebhooks.SCHEME)
                .documentation(Graph.documentation(
                                "https://developers.facebook.com/docs/pages/access-tokens/",
                                "https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/business/client_pages")
                        .rateLimit(
                                "Per Page, by the number of people who use it; 400 with code 80001 and the minutes to wait in"
                                        + " X-Business-Use-Case-Usage")
                        .walkthrough(() -> FacebookPage.class.getResourceAsStream("facebook-page.md")))
                .build();
    }
}
