package dev.bulla.providers.shopify;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.OUTCOME_UNKNOWN;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.ToolSet;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shopify's Admin API of one shop, with an offline token, which belongs to the shop and not to a person. What differs from the standard:
 *
 * <ul>
 *   <li>Each shop is a host of its own, part {@value #SHOP} of the address, and the owner's field.
 *   <li>A callback is signed with the client secret; {@link SignedCallback} checks it before the code leaves.
 *   <li>Tokens that expire are asked for ({@code expiring}), as Shopify demands of public apps: one hour, with refresh tokens of 90 days that
 *       rotate. A used refresh token may be sent again until its successor is used, for 30 days at most, so a lost answer loses nothing.
 *       Acquiring a token while another is refreshed retires both: an app and a shop have one chain.
 *   <li>Only a 401 that asks for "an active refresh_token" says that a refresh token is dead. Other errors come as HTML pages, whose title
 *       ends with the code; they end no account.
 *   <li>A scope for writing covers the one for reading, and the answer then names the first alone.
 *   <li>GraphQL has one address for queries and mutations (<a href="https://shopify.dev/docs/apps/build/graphql/basics/mutations">page</a>,
 *       read on 2026-11-21): a raw call there may be anything.
 *   <li>No token can be revoked by itself: disconnecting uninstalls the app from the shop, with its webhooks.
 * </ul>
 */
public final class Shopify {
    public static final String ID = "shopify";
    /** The owner's field: the name before {@code .myshopify.com}. */
    public static final String SHOP = "shop";

    private static final String HOST = ".myshopify.com";
    private static final String BASE = "https://{" + SHOP + "}" + HOST;
    /** Path of the API, in the version that is asked for. */
    static final String GRAPHQL = "/admin/api/2026-10/graphql.json";

    private static final String TOKEN_HEADER = "X-Shopify-Access-Token";
    private static final String WHO =
            "{\"query\":\"{ shop { id name myshopifyDomain } currentAppInstallation { accessScopes { handle } } }\"}";

    private Shopify() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(BASE + "/admin/oauth/authorize", BASE + "/admin/oauth/access_token")
                .encoding(Encoding.JSON)
                .scopes("scope", ",")
                .redeemParameter("expiring", "1")
                .callbackCheck(new SignedCallback(SHOP, HOST))
                .rotation(Rotation.ALWAYS)
                .reuse(
                        ReuseRule.grace(
                                Duration.ofDays(
                                        30))) // https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens
                .errorReader(Shopify::failure)
                .identity(new IdentityCall(
                                "POST",
                                UrlTemplate.of(BASE + GRAPHQL),
                                List.of("data", "shop", "id"),
                                List.of(List.of("data", "shop", "name")),
                                Map.of("domain", List.of("data", "shop", "myshopifyDomain")))
                        .attached(Attachment.header(TOKEN_HEADER))
                        .posting(WHO))
                .revocation(new RevocationCall(
                        "DELETE",
                        UrlTemplate.of(BASE + "/admin/api_permissions/current.json"),
                        ClientAuthentication.ANONYMOUS,
                        Place.HEADER,
                        TOKEN_HEADER,
                        Reach.GRANT,
                        Which.access()))
                .build();
        return Provider.builder(ID, "Shopify")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer(BASE).attached(Attachment.header(TOKEN_HEADER)))
                .tools(ToolSet.of()
                        .routes(
                                Route.any("/**/graphql.json").anything(),
                                Route.any("/**/graphql").anything()))
                .answers(AnswerReader.graphQl(Map.of(
                        "ACCESS_DENIED", AnswerKind.FORBIDDEN,
                        "THROTTLED", AnswerKind.THROTTLED,
                        "INTERNAL_SERVER_ERROR", AnswerKind.FAILED)))
                .ownerFields(
                        Field.text(SHOP, "Shop", "example-shop of example-shop.myshopify.com; not the public domain")
                                .normalised(Shopify::name)
                                .matching("[a-z0-9][a-z0-9-]*"))
                .scopes(
                        Scope.of("read_products", "See products", "With variants and collections."),
                        Scope.of("write_products", "Change products", "Covers reading.")
                                .covering("read_products"),
                        Scope.of(
                                "read_orders",
                                "See orders of the last 60 days",
                                "Shopify must approve: protected customer data."),
                        Scope.of("write_orders", "Change orders", "Covers reading.")
                                .covering("read_orders"),
                        Scope.of("read_all_orders", "See all orders (Shopify must approve)"),
                        Scope.of("read_customers", "See customers", "Shopify must approve: protected customer data."),
                        Scope.of("write_customers", "Change customers", "Covers reading.")
                                .covering("read_customers"),
                        Scope.of("read_inventory", "See stock"),
                        Scope.of("read_fulfillments", "See fulfilments"),
                        Scope.of("read_content", "See articles and pages"),
                        Scope.of("read_reports", "See reports"))
                .returnParameters("shopify", SHOP)
                .webhooks(ShopifyWebhooks.SCHEME)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://shopify.dev/docs/apps/build/authentication-authorization/authenticate-standalone-apps",
                                "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens",
                                "https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/offline-access-tokens",
                                "https://shopify.dev/docs/apps/build/security/credentials-and-data/use-expiring-offline-access-tokens",
                                "https://shopify.dev/changelog/more-resilient-refreshes-for-expiring-offline-access-tokens",
                                "https://shopify.dev/changelog/offline-access-tokens-now-support-expiry-and-refresh",
                                "https://shopify.dev/docs/apps/build/authentication-authorization/app-installation/uninstall-app-api-request",
                                "https://github.com/Shopify/shopify-app-js",
                                "https://github.com/Shopify/shopify-api-ruby")
                        .unconfirmed(
                                "what a merchant who declines comes back with, if anything",
                                "whether a repeated refresh answers the same pair or a fresh one",
                                "PKCE and the lifetime of codes",
                                "errors of the token endpoint other than the one that asks for an active refresh token",
                                "a refresh answer without expires_in (seen once): such a token is used until a 401")
                        .rateLimit(
                                "By app and shop: GraphQL 100 points a second on the standard plan, 1000 at most for one query; THROTTLED"
                                        + " comes under status 200, REST answers 429 with Retry-After")
                        .walkthrough(() -> Shopify.class.getResourceAsStream("shopify.md")))
                .build();
    }

    /** The name alone, of what may have been copied from a browser. */
    private static String name(String typed) {
        return typed.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://", "")
                .replaceFirst("^admin\\.shopify\\.com/store/", "")
                .replaceFirst("(?s)[/?#].*", "")
                .replaceFirst("\\.myshopify\\.com$", "");
    }

    private static @Nullable Failure failure(int status, Json answer) {
        String title = answer.text("title").orElse("");
        if (title.endsWith("application_cannot_be_found")) {
            return new Failure(MISCONFIGURED, "application_cannot_be_found");
        }
        if (title.endsWith("invalid_request")) {
            return new Failure(OUTCOME_UNKNOWN, "invalid_request");
        }
        if (status != 401) {
            return null;
        }
        boolean dead = answer.text("error_description").orElse("").contains("active refresh_token");
        return dead
                ? new Failure(TERMINAL, "invalid_request")
                : answer.has("errors") ? new Failure(TERMINAL, "invalid_token") : null;
    }
}
