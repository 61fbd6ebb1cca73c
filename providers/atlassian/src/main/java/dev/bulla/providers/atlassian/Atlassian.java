package dev.bulla.providers.atlassian;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.OUTCOME_UNKNOWN;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Atlassian Cloud by OAuth 2.0 (3LO): Jira and Confluence. What differs from the standard:
 *
 * <ul>
 *   <li>A token works for every site that the account granted to the app, and only at {@code api.atlassian.com}, with the site's cloud id in
 *       the path. So the member chooses a site after the consent ({@link Sites}). Paths of calls then begin with the product: {@code
 *       /rest/api/3/myself} is one of Jira; Confluence is asked at the absolute address {@code
 *       https://api.atlassian.com/ex/confluence/<cloud_id>/wiki/api/v2/...}, with the account's attribute {@value Sites#CLOUD_ID}.
 *   <li>Refresh tokens come only with the scope {@code offline_access}; each refresh brings a new one. The used one may be sent again for ten
 *       minutes; after that its reuse ends all of the grant. A grant ends after 90 days without a refresh, 365 days after the consent, and
 *       when the person's password changes.
 *   <li>A dead refresh token is answered 403, in one of two ways. {@code access_denied} at the token endpoint is a wrong client secret, and
 *       no refusal of the member's.
 *   <li>A missing scope is answered 401, although the token is good.
 *   <li>Deleting <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/">issues in bulk</a> and <a
 *       href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/">projects in the background</a> are POSTs; <a
 *       href="https://developer.atlassian.com/platform/atlassian-graphql-api/graphql/">GraphQL</a> may be anything (read on 2026-11-21).
 *   <li>Nothing can be revoked by the app: members do that on their profile.
 * </ul>
 */
public final class Atlassian {
    public static final String ID = "atlassian";

    private static final String HOST = "https://api.atlassian.com";

    private Atlassian() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://auth.atlassian.com/authorize", "https://auth.atlassian.com/oauth/token")
                .encoding(Encoding.JSON)
                .authorizeParameter("audience", "api.atlassian.com")
                .authorizeParameter("prompt", "consent")
                .lifetimes(Duration.ofHours(1), Duration.ofDays(90))
                .grantLifetime(Duration.ofDays(365))
                .rotation(Rotation.ALWAYS)
                .reuse(
                        ReuseRule.grace(
                                Duration.ofMinutes(
                                        10))) // https://community.developer.atlassian.com/t/updated-31-january-2022-action-required-deprecating-persistent-refresh-tokens/54172
                .errorReader(Atlassian::failure)
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://api.atlassian.com/me"),
                        List.of("account_id"),
                        List.of(List.of("name"), List.of("email")),
                        Map.of("email", List.of("email"))))
                .build();
        return Provider.builder(ID, "Atlassian")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("{" + Sites.API_BASE + "@api.atlassian.com}", "api.atlassian.com"))
                .tools(ToolSet.of()
                        .routes(
                                Route.of("POST", "/**/delete").tier(Tier.DESTRUCTIVE),
                                Route.any(HOST + "/**"),
                                Route.of("POST", HOST + "/**/delete").tier(Tier.DESTRUCTIVE),
                                Route.of("POST", "/**/removeAndSwap").tier(Tier.DESTRUCTIVE), // deletes a version
                                Route.of("POST", HOST + "/**/removeAndSwap").tier(Tier.DESTRUCTIVE),
                                Route.any(HOST + "/graphql/**").anything()))
                .perAccount(Sites.API_BASE)
                .selection(Sites.selection(Atlassian::failure))
                .scopes(
                        Scope.of("offline_access", "Stay connected", "Atlassian gives a refresh token for it.")
                                .needed(),
                        Scope.of("read:me", "Know who you are", "The User identity API must be added to the app.")
                                .needed(),
                        Scope.of("read:jira-work", "See projects, issues and worklogs"),
                        Scope.of("write:jira-work", "Make and change issues"),
                        Scope.of("read:jira-user", "See people in Jira"),
                        Scope.of("manage:jira-project", "Change settings of projects"),
                        Scope.of("manage:jira-configuration", "Administer Jira"),
                        Scope.of("manage:jira-webhook", "Be told of changes in Jira"),
                        Scope.of("read:confluence-content.all", "Read Confluence (classic)"),
                        Scope.of("write:confluence-content", "Write in Confluence (classic)"),
                        Scope.of("search:confluence", "Search Confluence (classic)"),
                        Scope.of("read:page:confluence", "Read pages of Confluence (v2)"),
                        Scope.of(
                                "read:account",
                                "See your Atlassian account",
                                "The User identity API must be added to the app."))
                .grantsPage("https://id.atlassian.com/manage-profile/apps")
                .returnParameters("atlassian", "username")
                .webhooks(AtlassianWebhooks.SCHEME)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/",
                                "https://developer.atlassian.com/cloud/confluence/oauth-2-3lo-apps/",
                                "https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens",
                                "https://community.developer.atlassian.com/t/updated-31-january-2022-action-required-deprecating-persistent-refresh-tokens/54172",
                                "https://developer.atlassian.com/cloud/jira/platform/rate-limiting",
                                "https://github.com/raycast/extensions/issues/11836")
                        .unconfirmed(
                                "status and body for a wrong code or a wrong secret",
                                "whether a repeated refresh answers the same pair or a fresh one",
                                "PKCE and the lifetime of codes",
                                "whether a site stands in the list once for each product",
                                "whether removing the app ends access tokens at once")
                        .rateLimit(
                                "An hourly quota of points, bursts a second, and writes to one issue; 429 with Retry-After in seconds")
                        .walkthrough(() -> Atlassian.class.getResourceAsStream("atlassian.md")))
                .build();
    }

    private static @Nullable Failure failure(int status, Json answer) {
        String error = answer.text("error").orElse("");
        String words = answer.text("error_description")
                .or(() -> answer.text("message"))
                .orElse("");
        if (status
                == 503) { // whether the refresh token is used up is open, and it may be repeated for ten minutes only
            return new Failure(OUTCOME_UNKNOWN, "http_503");
        }
        if (error.equals("access_denied")) {
            return new Failure(MISCONFIGURED, error);
        }
        if (error.equals("unauthorized_client") && words.contains("refresh_token")) {
            return new Failure(TERMINAL, error);
        }
        return status == 401 && words.contains("scope does not match")
                ? new Failure(MISCONFIGURED, "scope_missing")
                : null;
    }
}
