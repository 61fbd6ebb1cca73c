package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.UrlTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LinkedIn. What differs from the standard:
 *
 * <ul>
 *   <li>A {@code code_verifier} makes the token endpoint refuse the client: PKCE is for native apps alone.
 *   <li>Only apps that LinkedIn approved for it get refresh tokens; all others ask for a new consent within 60 days. The year of a refresh
 *       token runs from the consent, and no refresh prolongs it.
 *   <li>A dead code or refresh token is answered with {@code invalid_request} or {@code invalid_redirect_uri}; the description tells it from
 *       a malformed request.
 *   <li>Scopes of an answer are separated by blanks or commas. One scope too many, and the whole consent fails; asking a member for another
 *       set of scopes ends earlier tokens of the same app.
 *   <li>There is no documented revocation.
 *   <li>The API below {@code /rest} wants a version in a header, by month and for about a year: {@value #VERSION}, where a call does not set
 *       another.
 * </ul>
 *
 * <p>The organization that a connection posts for is a field of the owner's: listing organizations needs rights that posting does not.
 */
public final class LinkedIn {
    public static final String ID = "linkedin";
    /** The owner's field with the number of a page. */
    public static final String ORGANIZATION_ID = "organizationId";

    private static final String VERSION = "202609";
    private static final List<String> DEAD =
            List.of("The provided authorization grant or refresh token is", "Unable to retrieve access token: a");
    private static final String URN = "urn:li:organization:";

    private LinkedIn() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://www.linkedin.com/oauth/v2/authorization",
                        "https://www.linkedin.com/oauth/v2/accessToken")
                // https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow
                .pkceBreaksService()
                .lifetimes(Duration.ofDays(60), Duration.ofDays(365))
                .grantLifetime(Duration.ofDays(365))
                .rotation(Rotation.OPTIONAL)
                .errorReader(LinkedIn::failure)
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://api.linkedin.com/v2/userinfo"),
                        List.of("sub"),
                        List.of(List.of("name"), List.of("given_name")),
                        Map.of("email", List.of("email"))))
                .build();
        return Provider.builder(ID, "LinkedIn")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://api.linkedin.com")
                        .header("LinkedIn-Version", VERSION)
                        .header("X-Restli-Protocol-Version", "2.0.0"))
                .scopes(
                        Scope.of("openid", "Know who you are", "Product: Sign In with LinkedIn using OpenID Connect.")
                                .needed(),
                        Scope.of(
                                        "profile",
                                        "See your name and picture",
                                        "Product: Sign In with LinkedIn using OpenID Connect.")
                                .needed(),
                        Scope.of(
                                "email",
                                "See your e-mail address",
                                "Product: Sign In with LinkedIn using OpenID Connect."),
                        Scope.of(
                                "w_member_social",
                                "Post as you",
                                "Posts, comments and reactions. Product: Share on LinkedIn, or Community Management API."),
                        Scope.of(
                                "w_organization_social",
                                "Post for organizations",
                                "Where the member has a role that may post. Product: Community Management API (LinkedIn approves it)."),
                        Scope.of(
                                "r_organization_social",
                                "Read posts of organizations",
                                "Posts, comments and reactions. Product: Community Management API (LinkedIn approves it)."),
                        Scope.of(
                                "rw_organization_admin",
                                "Manage and list organizations",
                                "Needed to list the organizations of a member. Product: Community Management API (LinkedIn approves it)."),
                        Scope.of(
                                "r_organization_admin",
                                "See and list organizations",
                                "To read alone; enough to list them. Product: Community Management API (LinkedIn approves it)."))
                .ownerFields(Field.text(
                                ORGANIZATION_ID,
                                "Organization ID",
                                "The number in the address of the page's admin view")
                        .optional()
                        .normalised(LinkedIn::digits)
                        .matching("[0-9]{1,20}"))
                .returnParameters("li", "name")
                .documentation(documentation())
                .build();
    }

    private static String digits(String typed) {
        String text = typed.strip();
        return text.startsWith(URN) ? text.substring(URN.length()) : text;
    }

    private static Documentation documentation() {
        return Documentation.read(
                        "2026-11-21",
                        "https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow",
                        "https://learn.microsoft.com/en-us/linkedin/shared/authentication/programmatic-refresh-tokens",
                        "https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2",
                        "https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling",
                        "https://learn.microsoft.com/en-us/linkedin/marketing/versioning",
                        "https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role")
                .unconfirmed(
                        "the newest version of the API (202609 was seen; a version lives about a year)",
                        "that a code_verifier is refused with invalid_client (reported; the page documents none)",
                        "whether a refresh changes the refresh token, and what becomes of a used one",
                        "the answer to a wrong secret",
                        "a revocation: https://www.linkedin.com/oauth/v2/revoke stands in code of others only",
                        "whether scopes of an answer are separated by blanks or commas")
                .rateLimit(
                        "Per app and per member, until midnight UTC: 150 calls for each member to post; 429 without a header that says"
                                + " how long")
                .walkthrough(() -> LinkedIn.class.getResourceAsStream("linkedin.md"));
    }

    private static @Nullable Failure failure(int status, Json answer) {
        String said = answer.text("error_description").orElse("");
        if (DEAD.stream().anyMatch(said::startsWith)) {
            boolean uri = answer.text("error").orElse("").equals("invalid_redirect_uri");
            return new Failure(TERMINAL, uri ? "invalid_redirect_uri" : "invalid_request");
        }
        // in the form of the API, which is to be asked again later
        return status == 500 && answer.id("status").orElse("").equals("500")
                ? new Failure(TRANSIENT, "http_500")
                : null;
    }
}
