package dev.bulla.providers.github;

import dev.bulla.form.KeyCheck;
import dev.bulla.form.Typed;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.UrlTemplate;
import java.util.List;

/**
 * GitHub (github.com), through an OAuth app, or by a member's personal access token, which may also be one of a GitHub Enterprise. GitHub
 * Apps are {@link GitHubApp}. What differs from the standard, beside what both kinds of app share:
 *
 * <ul>
 *   <li>Scopes are separated by blanks in the request and by commas in the answer, and GitHub drops a scope that another one includes.
 *   <li>Whether tokens expire is a setting of the app, or asked for with {@code offline_access}, which is not tracked as scopes are: eight
 *       hours, with a refresh token that ends after six months without use (15897600 seconds). A token that does not expire ends after a
 *       year without use, and with the eleventh one for the same user, app and scopes.
 *   <li>A personal access token tells its scopes in a header, if it is a classic one. It is refused by 401 alone: 403 may be a limit, a
 *       lock after bad tries, or a right that is missing.
 * </ul>
 */
public final class GitHub {
    public static final String ID = "github";
    /** The form's secret field: a personal access token. */
    public static final String TOKEN = "token";
    /** The form's field with the address of the API, for a GitHub Enterprise. */
    public static final String API_BASE = "apiBase";

    private static final ApiAccess ANY =
            GitHubUsers.api(UrlTemplate.of("{apiBase}").orElse("https://api.github.com"));

    private GitHub() {}

    public static Provider create() {
        return GitHubUsers.provider(ID, "GitHub", null)
                .form(form(), ANY)
                .perAccount(API_BASE)
                .scopes(
                        Scope.of("read:user", "Read your profile").preset(),
                        Scope.of("user:email", "Read your e-mail addresses"),
                        Scope.of("user", "Read and write your profile"),
                        Scope.of("public_repo", "Read and write public repositories"),
                        Scope.of("repo", "Read and write public and private repositories"),
                        Scope.of("repo:status", "Read and write the status of commits"),
                        Scope.of("delete_repo", "Delete repositories"),
                        Scope.of("read:org", "Read organisations and teams"),
                        Scope.of("gist", "Write gists"),
                        Scope.of("notifications", "Read notifications"),
                        Scope.of("read:project", "Read projects"),
                        Scope.of("project", "Read and write projects"),
                        Scope.of("workflow", "Change workflow files"),
                        Scope.of("admin:repo_hook", "Manage webhooks of repositories"))
                .webhooks(GitHubWebhooks.ofRepositories())
                .documentation(documentation())
                .grantsPage("https://github.com/settings/applications")
                .build();
    }

    private static KeyForm form() {
        Field token = Field.secret(
                        TOKEN,
                        "Personal access token",
                        "GitHub: Settings, Developer settings; it begins with github_pat_ or ghp_")
                .matching("github_pat_[A-Za-z0-9_]{20,240}|ghp_[A-Za-z0-9]{30,250}|[0-9a-f]{40}");
        Field base = Field.text(
                        API_BASE, "API address", "only for GitHub Enterprise: https://github.example.com/api/v3")
                .normalised(Typed.WITHOUT_TRAILING_SLASH)
                .matching("https://[^\\s?#]+")
                .placeholder("https://api.github.com")
                .optional();
        KeyCheck check = KeyCheck.get(ANY, TOKEN, "/user")
                .errors(GitHubUsers::refusal)
                .identity("id", "login")
                .scopesIn("x-oauth-scopes");
        return new KeyForm(List.of(token, base), TOKEN, check);
    }

    private static Documentation documentation() {
        return Documentation.read(
                        "2026-11-21",
                        "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps",
                        "https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps",
                        "https://docs.github.com/en/apps/github-authentication-discovery-endpoints",
                        "https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors",
                        "https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-authorization-request-errors",
                        "https://docs.github.com/en/rest/apps/oauth-applications",
                        "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api",
                        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation",
                        "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
                        "https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api",
                        "https://github.blog/changelog/2025-07-14-pkce-support-for-oauth-and-github-app-authentication",
                        "https://github.com/orgs/community/discussions/204963")
                .unconfirmed(
                        "the status 200 of failures at the token endpoint (it is what GitHub's own client expects, and a wire log shows it)",
                        "when the token endpoint answers 404 Not Found",
                        "whether deleting a token ends the refresh token of its pair",
                        "whether a refresh token that is used twice ends its successor",
                        "the texts of answers 403 to personal access tokens")
                .rateLimit(
                        "5,000 requests an hour for each user, over all tokens; 403 or 429 beyond, with retry-after in seconds or"
                                + " x-ratelimit-reset in epoch seconds")
                .walkthrough(() -> GitHub.class.getResourceAsStream("github.md"));
    }
}
