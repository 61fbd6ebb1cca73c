package dev.bulla.providers.google;

import dev.bulla.form.Typed;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.UrlTemplate;
import java.util.List;
import java.util.Map;

/**
 * Google Ads, for one customer that the member chooses. {@link GoogleAccounts} tells what Google's services share.
 *
 * <ul>
 *   <li>Calls through a manager carry {@code login-customer-id}: kept with the choice, left out where the customer is reached directly.
 *   <li>Developer tokens were given up on 2026-09-09: access belongs to the Cloud project of the app, the header is ignored and a version to
 *       come will refuse it. It goes along only where the owner has filled one in.
 *   <li>The version is a part of the paths that the host calls, and lives for about a year; {@value #VERSION} is the one that the choice asks.
 *   <li>How long to wait after 429 stands in the body.
 * </ul>
 */
public final class GoogleAds {
    public static final String ID = "google-ads";
    /** The owner's field for a developer token, which is not needed any more. */
    public static final String DEVELOPER_TOKEN = "developerToken";
    /** The owner's field for a manager through which members reach their customers. */
    public static final String MANAGER_CUSTOMER_ID = "managerCustomerId";

    static final String VERSION = "v26";

    private static final String EMAIL = "https://www.googleapis.com/auth/userinfo.email";

    private GoogleAds() {}

    public static Provider create() {
        OAuth2Spec spec = GoogleAccounts.spec()
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://openidconnect.googleapis.com/v1/userinfo"),
                        List.of("sub"),
                        List.of(List.of("name"), List.of("email")),
                        Map.of("email", List.of("email"))))
                .build();
        ApiAccess api = ApiAccess.bearer("https://googleads.googleapis.com")
                .header("developer-token", "{" + DEVELOPER_TOKEN + "}")
                .header("login-customer-id", "{" + AdsCustomers.LOGIN + "}");
        return GoogleAccounts.provider(ID, "Google Ads", spec)
                .api(api)
                .tools(GoogleCalls.tools())
                .ownerFields(
                        Field.secret(
                                        DEVELOPER_TOKEN,
                                        "Developer token",
                                        "Not needed since September 2026; leave it empty unless Google asks for it")
                                .matching("[A-Za-z0-9_-]{22}")
                                .optional(),
                        Field.text(
                                        MANAGER_CUSTOMER_ID,
                                        "Manager customer ID",
                                        "Ten digits; only where members reach their customers through your manager account")
                                .normalised(Typed.DIGITS)
                                .matching("[0-9]{10}")
                                .optional())
                .scopes(
                        Scope.of(
                                        "https://www.googleapis.com/auth/adwords",
                                        "See and manage your campaigns",
                                        "The one scope of Google Ads, for reading and writing. Google verifies the app (sensitive).")
                                .needed(),
                        Scope.of("openid", "Know which Google account it is").needed(),
                        Scope.of(EMAIL, "See your e-mail address").preset())
                .selection(AdsCustomers.selection(api))
                .documentation(GoogleAccounts.documentation(
                                "google-ads.md",
                                "https://developers.google.com/google-ads/api/docs/api-policy/developer-token",
                                "https://developers.google.com/google-ads/api/docs/api-policy/access-levels",
                                "https://developers.google.com/google-ads/api/docs/account-management/listing-accounts",
                                "https://developers.google.com/google-ads/api/docs/account-management/get-account-hierarchy",
                                "https://developers.google.com/google-ads/api/docs/concepts/call-structure",
                                "https://developers.google.com/google-ads/api/rest/auth",
                                "https://developers.google.com/google-ads/api/rest/common/search",
                                "https://developers.google.com/google-ads/api/reference/rpc/v25/AuthorizationErrorEnum.AuthorizationError",
                                "https://developers.google.com/google-ads/api/docs/release-notes",
                                "https://developers.google.com/ads/blog/posts/2026/10/announcing-v26-of-google-ads-api",
                                "https://developers.google.com/ads/blog/posts/2026/09/google-ads-api-v22-sunset-reminder")
                        .unconfirmed(GoogleAccounts.open(
                                "whether v26 still ignores the developer-token header or refuses it",
                                "the status of each error",
                                "whether closed accounts are among those that are listed",
                                "operations a day with Standard access"))
                        .rateLimit(
                                "Operations a day by the Cloud project's access level: 15,000 on test accounts, 2,880 with Explorer and"
                                        + " 15,000 with Basic access; 429, with the time to wait in the body"))
                .returnParameters("gads", "username")
                .build();
    }
}
