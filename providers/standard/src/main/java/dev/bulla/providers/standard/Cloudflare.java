package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cloudflare, by OAuth (clients of one's own since June 2026), or by a member's API token. What differs from the standard:
 *
 * <ul>
 *   <li>A refresh token comes where {@code offline_access} is asked for and the client is registered with the grant type. Members can
 *       decline optional scopes, and pick the accounts on the consent screen.
 *   <li>How a client proves itself is fixed when it is registered; it must be {@code client_secret_basic}.
 *   <li>The user is at {@code /user}, for which {@code user-details.read} is needed.
 *   <li>Tokens of a user and tokens of an account are checked at different addresses, and answered with success when they are disabled or
 *       expired too: {@code status} counts.
 * </ul>
 */
public final class Cloudflare {
    public static final String ID = "cloudflare";
    /** The form's secret field. */
    public static final String API_TOKEN = "apiToken";
    /** The form's field with the account, for a token that an account owns. */
    public static final String ACCOUNT_ID = "accountId";

    private static final ErrorReader KEY_ERRORS = ErrorReader.byCode(
            Cloudflare::code,
            Map.of(
                    "disabled", TERMINAL,
                    "expired", TERMINAL,
                    "1000", TERMINAL,
                    "6003", TERMINAL,
                    "9109", TERMINAL,
                    "10000", MISCONFIGURED));

    private Cloudflare() {}

    /** The number of the first error, or else what became of a token. */
    private static Optional<String> code(Json answer) {
        return answer.objects("errors").stream()
                .flatMap(error -> error.id("code").stream())
                .findFirst()
                .or(() -> answer.text("result", "status"));
    }

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://dash.cloudflare.com/oauth2/auth", "https://dash.cloudflare.com/oauth2/token")
                .clientAuthentication(ClientAuthentication.BASIC)
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://api.cloudflare.com/client/v4/user"),
                        List.of("result", "id"),
                        List.of(List.of("result", "email")),
                        Map.of()))
                .revocation(RevocationCall.rfc7009(
                        "https://dash.cloudflare.com/oauth2/revoke", ClientAuthentication.BASIC, Reach.GRANT))
                .build();
        ApiAccess api = ApiAccess.bearer("https://api.cloudflare.com");
        return Provider.builder(ID, "Cloudflare")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .form(form(api))
                .api(api)
                .tools(RawCalls.cloudflare())
                .answers(AnswerReader.graphQl(Map.of()))
                .scopes(
                        Scope.of("offline_access", "Stay connected").needed(),
                        Scope.of("user-details.read", "See who you are").needed(),
                        Scope.of("zone.read", "Read zones"),
                        Scope.of("dns.write", "Change DNS records"),
                        Scope.of("workers-platform.read", "Read Workers"),
                        Scope.of("workers-scripts.write", "Change Workers scripts"),
                        Scope.of("workers-r2.read", "Read R2"))
                .documentation(documentation())
                .returnParameters("cloudflare", "username")
                .build();
    }

    private static KeyForm form(ApiAccess api) {
        Field token = Field.secret(API_TOKEN, "API token", "Cloudflare: My Profile, or Manage Account; API Tokens")
                .matching("cf(ut|at)_[A-Za-z0-9_-]{40,}|[A-Za-z0-9_-]{40}");
        Field account = Field.text(ACCOUNT_ID, "Account ID", "only for a token that an account owns")
                .matching("[0-9a-f]{32}")
                .optional();
        KeyCheck check = KeyCheck.get(api, API_TOKEN, "/client/v4/user/tokens/verify")
                .atFilled(ACCOUNT_ID, "/client/v4/accounts/{accountId}/tokens/verify")
                .errors(KEY_ERRORS)
                .yes(
                        "result.status is active",
                        answer -> answer.text("result", "status")
                                .filter("active"::equals)
                                .isPresent())
                .identity("result.id");
        return new KeyForm(List.of(token, account), API_TOKEN, check);
    }

    private static Documentation documentation() {
        return Documentation.read(
                        "2026-11-21",
                        "https://developers.cloudflare.com/fundamentals/oauth/create-an-oauth-client/",
                        "https://developers.cloudflare.com/fundamentals/oauth/authorizing-an-application/",
                        "https://developers.cloudflare.com/fundamentals/oauth/integrate-with-cloudflare/",
                        "https://developers.cloudflare.com/changelog/post/2026-08-20-oauth-optional-scopes/",
                        "https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/",
                        "https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify",
                        "https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/methods/verify",
                        "https://developers.cloudflare.com/fundamentals/api/troubleshooting/",
                        "https://better-auth.com/docs/authentication/cloudflare")
                .unconfirmed(
                        "how long tokens live; third parties see an hour for access tokens",
                        "whether refresh tokens rotate, and what comes of one that is used twice",
                        "what a revocation ends; the whole grant is assumed",
                        "statuses and bodies of failures at the token endpoint and of a check",
                        "whether offline_access is added to a client by itself; it is asked for")
                .rateLimit(
                        "1,200 requests in five minutes for each user, dashboard included; then 429 for five minutes")
                .walkthrough(() -> Cloudflare.class.getResourceAsStream("cloudflare.md"));
    }
}
