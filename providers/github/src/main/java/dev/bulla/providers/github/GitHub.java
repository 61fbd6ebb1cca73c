package dev.bulla.providers.github;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.ErrorReader;
import dev.bulla.provider.OAuth2Spec.Revocation;
import dev.bulla.provider.OAuth2Spec.Revocation.Place;
import dev.bulla.provider.OAuth2Spec.Revocation.Which;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.util.Map;

/**
 * GitHub (github.com), through an OAuth app or a GitHub App that acts for its user. What differs from the standard:
 *
 * <ul>
 *   <li>Failures of the token endpoint come under status 200, in words of GitHub's own.
 *   <li>Scopes are separated by blanks in the request and by commas in the answer. GitHub drops a scope that another one includes, and a
 *       GitHub App answers an empty scope, because permissions take its place.
 *   <li>Whether tokens expire is a setting of the app, or asked for with {@code offline_access}, which is not tracked as scopes are: eight
 *       hours, with a refresh token that ends after six months (15897600 seconds). Refresh tokens rotate, and the old access token ends
 *       with them.
 *   <li>Revocation wants a living access token in a JSON body and the app's id in the path; one that has ended is refreshed first.
 * </ul>
 *
 * <p>Disconnecting deletes the token, not the grant. Deleting the grant would end every token that the user ever gave to the app: those of
 * other tenants that share a managed app, and those of a host that signs its users in through the same app. What stays is the entry on
 * {@linkplain Provider#grantsPage the user's page}, which lists OAuth apps; GitHub Apps are listed at
 * {@code https://github.com/settings/apps/authorizations}.
 */
public final class GitHub {
    public static final String ID = "github";

    private static final ErrorReader ERRORS = ErrorReader.byCode(Map.of(
            "bad_verification_code", TERMINAL,
            "bad_refresh_token", TERMINAL,
            "unverified_user_email", TERMINAL,
            "incorrect_client_credentials", MISCONFIGURED,
            "redirect_uri_mismatch", MISCONFIGURED,
            "application_suspended", MISCONFIGURED,
            "unsupported_grant_type", MISCONFIGURED));

    private GitHub() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://github.com/login/oauth/authorize", "https://github.com/login/oauth/access_token")
                .rotation(Rotation.ALWAYS)
                .errorReader(ERRORS)
                .identity("https://api.github.com/user", "id", "login")
                .revocation(new Revocation(
                        "DELETE",
                        UrlTemplate.of("https://api.github.com/applications/{client_id}/token"),
                        ClientAuthentication.BASIC,
                        Place.JSON,
                        "access_token",
                        Reach.TOKEN,
                        Which.access()))
                .build();
        return Provider.builder(ID, "GitHub")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer("https://api.github.com", "uploads.github.com"))
                .scopes(
                        Scope.of("read:user", "Read your profile").preset(),
                        Scope.of("user:email", "Read your e-mail addresses"),
                        Scope.of("public_repo", "Read and write public repositories"),
                        Scope.of("repo", "Read and write public and private repositories"),
                        Scope.of("read:org", "Read organisations and teams"),
                        Scope.of("gist", "Write gists"),
                        Scope.of("notifications", "Read notifications"),
                        Scope.of("read:project", "Read projects"),
                        Scope.of("project", "Read and write projects"),
                        Scope.of("workflow", "Change workflow files"),
                        Scope.of("admin:repo_hook", "Manage webhooks of repositories"))
                .documentation(Documentation.read(
                                "2026-11-20",
                                "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps",
                                "https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens",
                                "https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors",
                                "https://docs.github.com/en/rest/apps/oauth-applications",
                                "https://github.blog/changelog/2025-07-14-pkce-support-for-oauth-and-github-app-authentication")
                        .unconfirmed(
                                "the status 200 of failures at the token endpoint (it is what GitHub's own client expects)",
                                "when the token endpoint answers 404 Not Found",
                                "whether deleting a token ends the refresh token of its pair",
                                "what happens to a refresh token that is used twice"))
                .returnParameters("github", "username")
                .grantsPage("https://github.com/settings/applications")
                .build();
    }
}
