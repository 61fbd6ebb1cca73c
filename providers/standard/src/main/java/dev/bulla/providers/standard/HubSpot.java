package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * HubSpot, by the OAuth endpoints of 2026-03. What differs from the standard:
 *
 * <ul>
 *   <li>Every scope that the app marks as required must be in {@code scope}, or HubSpot shows an error page of its own; the others travel
 *       in {@code optional_scope} and are dropped without a word where the member's account lacks the product. Here the default scopes are
 *       the required ones, and whatever an owner adds is optional.
 *   <li>Whose account it is says token introspection, which asks for the client's secret; the account is the HubSpot portal ({@code
 *       hub_id}), not the person.
 *   <li>Granted scopes come as an array named {@code scopes}. Failures of an older shape have no {@code error}.
 *   <li>Revoking takes the refresh token; the app stays installed. Uninstalling by API would remove it for the whole portal and mail its
 *       administrators, so disconnecting does not do that.
 *   <li>A member who declines is not sent back at all.
 * </ul>
 */
public final class HubSpot {
    public static final String ID = "hubspot";

    private static final String TOKEN_URL = "https://api.hubapi.com/oauth/2026-03/token";
    private static final Set<String> REQUIRED =
            Set.of("oauth", "crm.objects.contacts.read", "crm.objects.contacts.write");
    /** By the fields that name a failure where there is no {@code error}. */
    private static final Map<String, Failure> FAILURES = Map.of(
            "BAD_REFRESH_TOKEN", new Failure(TERMINAL, "BAD_REFRESH_TOKEN"),
            "BAD_AUTH_CODE", new Failure(TERMINAL, "BAD_AUTH_CODE"),
            "RATE_LIMIT", new Failure(TRANSIENT, "RATE_LIMIT"),
            "VALIDATION_ERROR", new Failure(MISCONFIGURED, "VALIDATION_ERROR"));

    private HubSpot() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder("https://app.hubspot.com/oauth/authorize", TOKEN_URL)
                .scopes("scopes", " ")
                .scopes(HubSpot::scopeParameters)
                .lifetimes(Duration.ofMinutes(30), null)
                .errorReader(HubSpot::failure)
                .identity(new IdentityCall(
                                "POST",
                                UrlTemplate.of(TOKEN_URL + "/introspect"),
                                List.of("hub_id"),
                                List.of(List.of("hub_domain"), List.of("user")),
                                Map.of("user", List.of("user"), "user_id", List.of("user_id")))
                        .introspecting())
                .revocation(RevocationCall.rfc7009(TOKEN_URL + "/revoke", ClientAuthentication.POST, Reach.TOKEN)
                        .withHint()
                        .ofRefreshTokens())
                .build();
        return Provider.builder(ID, "HubSpot")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer("https://api.hubapi.com"))
                .tools(RawCalls.hubSpot())
                .scopes(
                        Scope.of(
                                        "oauth",
                                        "Know which HubSpot account it is",
                                        "Every app has it; uninstalling by the API needs it too.")
                                .needed(),
                        Scope.of("crm.objects.contacts.read", "See contacts").needed(),
                        Scope.of("crm.objects.contacts.write", "Change contacts")
                                .needed(),
                        Scope.of("crm.lists.read", "See lists"),
                        Scope.of("crm.lists.write", "Change lists"),
                        Scope.of("crm.objects.companies.read", "See companies"),
                        Scope.of("crm.objects.companies.write", "Change companies"),
                        Scope.of("crm.objects.deals.read", "See deals"),
                        Scope.of("crm.objects.deals.write", "Change deals"),
                        Scope.of("crm.objects.owners.read", "See who owns records"),
                        Scope.of("crm.schemas.contacts.read", "See the fields of contacts"),
                        Scope.of("content", "Use pages and blogs"),
                        Scope.of(
                                "transactional-email",
                                "Send transactional e-mail (add-on)",
                                "The account needs the add-on."),
                        Scope.of("files", "Use files"))
                .returnParameters("hubspot", "name")
                .webhooks(OwnWebhooks.HUBSPOT)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens",
                                "https://developers.hubspot.com/docs/api-reference/latest/authentication/oauth-tokens/token-introspect",
                                "https://developers.hubspot.com/docs/api-reference/latest/authentication/oauth-tokens/revoke-token",
                                "https://developers.hubspot.com/docs/api-reference/latest/app-management/app-uninstalls/guide",
                                "https://developers.hubspot.com/docs/apps/legacy-apps/authentication/working-with-oauth",
                                "https://developers.hubspot.com/docs/apps/legacy-apps/authentication/oauth-quickstart-guide",
                                "https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines",
                                "https://developers.hubspot.com/changelog/v1-oauth-api-deprecation",
                                "https://developers.hubspot.com/changelog/new-oauth-v3-api-endpoints-and-standardized-error-responses",
                                "https://github.com/HubSpot/HubSpot-public-api-spec-collection")
                        .unconfirmed(
                                "success status and body of the revocation, and whether access tokens end with it",
                                "what introspection answers about a dead token beside active",
                                "whether a refresh ever changes the refresh token, and what becomes of a used one",
                                "lifetimes of codes and refresh tokens",
                                "PKCE at the authorization page (the token endpoint lists code_verifier)",
                                "HTTP status of most errors")
                        .rateLimit(
                                "Per app and account 100 to 250 requests in ten seconds, by the account's edition; 429"
                                        + " names the limit in policyName, without Retry-After")
                        .walkthrough(() -> HubSpot.class.getResourceAsStream("hubspot.md")))
                .build();
    }

    private static Map<String, String> scopeParameters(List<String> scopes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("scope", words(scopes.stream().filter(REQUIRED::contains)));
        parameters.put("optional_scope", words(scopes.stream().filter(scope -> !REQUIRED.contains(scope))));
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    private static String words(Stream<String> scopes) {
        return String.join(" ", scopes.toList());
    }

    private static @Nullable Failure failure(int status, Json answer) {
        if (status < 400 || answer.has("error")) {
            return null;
        }
        return Stream.of("status", "errorType", "category")
                .flatMap(field -> answer.text(field).stream())
                .filter(FAILURES::containsKey)
                .map(FAILURES::get)
                .findFirst()
                .orElse(null);
    }
}
