package dev.bulla.providers.salesforce;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.form.Typed;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Salesforce: production, a sandbox, or an org's My Domain, by the login address that the owner gives. What differs from the standard:
 *
 * <ul>
 *   <li>Nobody says how long an access token lives: that is the session timeout of app or org. So it is used until a 401 asks for a refresh.
 *   <li>The token answer names the org's own address, {@value #INSTANCE_URL}, to which all calls go. It is kept with each account, from every
 *       answer anew, and must be one of Salesforce's. So must the login address, to which client secrets go.
 *   <li>Whose account it is stands at the address in the answer's {@code id}. Org and user together are the subject.
 *   <li>Whether refresh tokens rotate is a switch of the app. Where they do, one that is sent twice ends the grant at once, without a grace.
 *   <li>A user may approve an app five times: a sixth approval silently ends the oldest, so several connections of one user push each other
 *       out.
 *   <li>Revoking the refresh token ends every access token that came from it, and asks for no client.
 * </ul>
 */
public final class Salesforce {
    public static final String ID = "salesforce";
    /** The owner's field with the address at which members log in. */
    public static final String LOGIN_URL = "login_url";
    /** The address of the account's org. */
    public static final String INSTANCE_URL = "instance_url";

    private static final String LOGIN = "{" + LOGIN_URL + "@salesforce.com}";
    private static final String WHO = "id";
    private static final ErrorReader TOKEN_ERRORS = ErrorReader.byCode(Map.of(
            "inactive_user", TERMINAL,
            "inactive_org", TERMINAL,
            "invalid_client_id", MISCONFIGURED,
            "redirect_uri_mismatch", MISCONFIGURED,
            "rate_limit_exceeded", TRANSIENT,
            "unknown_error", TRANSIENT));
    /** The identity service answers 403 and a plain word where a token has run out. */
    private static final ErrorReader ERRORS =
            (status, answer) -> status == 403 && answer.names().isEmpty()
                    ? new Failure(TRANSIENT, "http_403")
                    : TOKEN_ERRORS.read(status, answer);

    private Salesforce() {}

    public static Provider create() {
        OAuth2Spec spec = spec(LOGIN + "/services/oauth2/userinfo");
        AuthorizationCodeFlow flow = AuthorizationCodeFlow.of(spec, Salesforce::identify);
        return Provider.builder(ID, "Salesforce")
                .oauth2(spec, flow, RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer("{" + INSTANCE_URL + "}", "*.salesforce.com"))
                .perAccount(INSTANCE_URL)
                .tools(SalesforceTools.tools())
                .answers(AnswerReader.graphQl(Map.of()))
                .entities(SalesforceTools.entities())
                .ownerFields(Field.text(
                                LOGIN_URL,
                                "Login address",
                                "https://login.salesforce.com, https://test.salesforce.com for sandboxes, or your My Domain")
                        .normalised(Typed.HTTPS)
                        .preset("https://login.salesforce.com"))
                .scopes(
                        Scope.of("api", "Use your data through the API", "REST, Bulk and SOAP.")
                                .needed(),
                        Scope.of(
                                        "refresh_token",
                                        "Stay connected",
                                        "Salesforce gives a refresh token for it; also written offline_access.")
                                .needed(),
                        Scope.of("id", "Know who you are").preset(),
                        Scope.of("openid", "Sign in with OpenID Connect"),
                        Scope.of("profile", "See your profile"),
                        Scope.of("email", "See your e-mail address"),
                        Scope.of("chatter_api", "Use Connect REST"),
                        Scope.of("web", "Use the account in a browser"),
                        Scope.of("full", "Everything you may do", "Without a refresh token."))
                .returnParameters("salesforce", "username")
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://help.salesforce.com/s/articleView?id=005316711",
                                "https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_web_server_flow_ca.htm",
                                "https://help.salesforce.com/apex/HTViewHelpDoc?id=remoteaccess_oauth_refresh_token_flow.htm",
                                "https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_oauth_flow_errors.htm",
                                "https://help.salesforce.com/apex/HTViewHelpDoc?id=xcloud.remoteaccess_using_openid.htm",
                                "https://help.salesforce.com/s/articleView?id=xcloud.eca_limit_idle_refresh_token_ttl.htm",
                                "https://developer.salesforce.com/docs/platform/isvforce/guide/secure-code-ac-eca.md",
                                "https://developer.salesforce.com/docs/platform/mobile-sdk/guide/oauth-revoking-tokens.html",
                                "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm",
                                "https://github.com/forcedotcom/SalesforceMobileSDK-iOS/issues/2464")
                        .unconfirmed(
                                "status and text of most errors of the token endpoint",
                                "the session timeout where an org sets none (two hours, by hearsay)",
                                "plain words of the identity service for dead tokens",
                                "whether the general login address serves orgs that forbid it",
                                "the id address of an org that logs in by My Domain",
                                "an idle limit of 30 days holds where the app sets it; elsewhere refresh tokens last")
                        .rateLimit(
                                "A daily allocation of the org, by edition and licences; 403 REQUEST_LIMIT_EXCEEDED, without Retry-After;"
                                        + " Sforce-Limit-Info tells what is used")
                        .walkthrough(() -> Salesforce.class.getResourceAsStream("salesforce.md")))
                .build();
    }

    private static OAuth2Spec spec(String identity) {
        return OAuth2Spec.builder(LOGIN + "/services/oauth2/authorize", LOGIN + "/services/oauth2/token")
                .keep(INSTANCE_URL, WHO)
                .rotation(Rotation.OPTIONAL)
                .errorReader(ERRORS)
                .identity(new IdentityCall(
                                "GET",
                                UrlTemplate.of(identity),
                                List.of("user_id"),
                                List.of(List.of("display_name"), List.of("name"), List.of("username")),
                                Map.of(
                                        "organization_id", List.of("organization_id"),
                                        "username", List.of("username")))
                        .within("organization_id"))
                .revocation(RevocationCall.rfc7009(
                                LOGIN + "/services/oauth2/revoke", ClientAuthentication.ANONYMOUS, Reach.TOKEN)
                        .ofRefreshTokens())
                .build();
    }

    /** Asks at the address that came with the tokens, where it is one of Salesforce's; else where the member logged in. */
    private static Identity identify(Tokens tokens, ProviderCall call) {
        String address = tokens.main().extra().getOrDefault(WHO, "");
        boolean ours = UrlTemplate.isOrigin(address) && isOurs(URI.create(address));
        OAuth2Spec spec = spec(ours ? address : LOGIN + "/services/oauth2/userinfo");
        return AuthorizationCodeFlow.of(spec).identify(tokens, call);
    }

    private static boolean isOurs(URI address) {
        return address.getHost().endsWith(".salesforce.com") && address.getPort() == -1;
    }
}
