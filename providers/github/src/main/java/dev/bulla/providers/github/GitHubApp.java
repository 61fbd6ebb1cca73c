package dev.bulla.providers.github;

import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.Provider;
import java.time.Duration;

/**
 * GitHub (github.com), through a GitHub App that acts for its user. What differs from the standard, beside what both kinds of app share:
 *
 * <ul>
 *   <li>There are no scopes: the app has permissions, and the answer's scope is always empty.
 *   <li>Tokens live eight hours and refresh tokens six months, unless the owner switched the expiry off; the figures of the answer count.
 *   <li>An app that the member has authorised need not be installed anywhere, and then sees public data alone. Members choose one of the
 *       installations that they can reach; an account works without.
 * </ul>
 */
public final class GitHubApp {
    public static final String ID = "github-app";
    /** The owner's field with the app's name in addresses, for a link to its installation. */
    public static final String APP_SLUG = "appSlug";
    /** The chosen installation, among an account's attributes. */
    public static final String INSTALLATION = Installations.ID;

    private GitHubApp() {}

    public static Provider create() {
        return GitHubUsers.provider(ID, "GitHub App", Duration.ofHours(8))
                .selection(Installations.selection())
                .ownerFields(
                        Field.text(APP_SLUG, "App name in addresses", "as in github.com/apps/NAME/installations/new")
                                .normalised(typed -> typed.strip().toLowerCase(java.util.Locale.ROOT))
                                .matching("[a-z0-9-]+")
                                .optional())
                .webhooks(GitHubWebhooks.ofApps())
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-user-access-token-for-a-github-app",
                                "https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens",
                                "https://docs.github.com/en/apps/creating-github-apps/registering-a-github-app/about-the-user-authorization-callback-url",
                                "https://docs.github.com/en/apps/github-authentication-discovery-endpoints",
                                "https://docs.github.com/en/rest/apps/installations",
                                "https://docs.github.com/en/rest/apps/oauth-applications",
                                "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api",
                                "https://github.blog/changelog/2025-07-14-pkce-support-for-oauth-and-github-app-authentication")
                        .unconfirmed(
                                "the status 200 of most failures at the token endpoint",
                                "what happens to the pair when a refresh token is used twice",
                                "the answer about installations to a token of another kind",
                                "how long a code lives: ten minutes by the page about OAuth apps")
                        .rateLimit(
                                "5,000 requests an hour for each user, over all tokens; 403 or 429 beyond, with retry-after in seconds or"
                                        + " x-ratelimit-reset in epoch seconds")
                        .walkthrough(() -> GitHubApp.class.getResourceAsStream("github-app.md")))
                .returnParameters("github_app", "username")
                .grantsPage("https://github.com/settings/apps/authorizations")
                .build();
    }
}
