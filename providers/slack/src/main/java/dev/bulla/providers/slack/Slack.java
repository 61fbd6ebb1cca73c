package dev.bulla.providers.slack;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.OUTCOME_UNKNOWN;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.util.List;
import java.util.Map;

/**
 * Slack (slack.com), with a token of the app's bot, of the person, or both. What differs from the standard:
 *
 * <ul>
 *   <li>Scopes of the person's token are named with the prefix {@value #USER_PREFIX}, so {@code chat:write} is the bot's right and {@code
 *       user:chat:write} the person's; no scope of Slack's begins so. They travel in {@code user_scope}, the others in {@code scope}. What
 *       was granted is named in the same way.
 *   <li>The two tokens are the named sets {@value #BOT} and {@value #USER}, the bot's first. With rotation, a setting of the app, each
 *       lives twelve hours and has a refresh token of its own; a used one is revoked "after a short grace period" of unknown length. Of
 *       either no more than two access tokens live at a time, so with rotation only one account should hold the bot.
 *   <li>Failures come under status 200 as {@code "ok": false}; two of them leave open what has happened.
 *   <li>PKCE stays out: Slack refuses it ({@code pkce_not_allowed}) unless it was switched on for the app, which makes the app a public
 *       client for good: without client secret, and with refresh tokens that end after 30 days.
 *   <li>The subject is team and user, because a user's id is unique within its workspace only; the bot is the user where the person gave
 *       no token.
 *   <li>Disconnecting ends the person's token. A bot belongs to the workspace, and revoking its token switches it off and takes it out of
 *       its channels: this is done where the token rotates, and else only where it is all there is. With rotation Slack ends just the token
 *       that is sent; without rotation usually the whole authorization, so the reach is the grant.
 *   <li>Redirect URLs must begin with {@code https}. Until it is distributed, an app can be installed in its own workspace only ({@code
 *       invalid_team_for_non_distributed_app}).
 * </ul>
 */
public final class Slack {
    public static final String ID = "slack";
    /** The owner's secret with which Slack signs what it sends. */
    public static final String SIGNING_SECRET = "signingSecret";
    /** Name of the bot's token set. */
    public static final String BOT = "bot";
    /** Name of the person's token set. */
    public static final String USER = "user";
    /** What the name of a scope of the person's token begins with. */
    public static final String USER_PREFIX = "user:";

    private static final ErrorReader ERRORS = ErrorReader.byCode(Map.ofEntries(
            Map.entry("invalid_code", TERMINAL),
            Map.entry("invalid_refresh_token", TERMINAL),
            Map.entry(SlackTokens.EXPIRED, TERMINAL),
            Map.entry("token_revoked", TERMINAL),
            Map.entry("invalid_auth", TERMINAL),
            Map.entry("account_inactive", TERMINAL),
            Map.entry("user_email_unverified", TERMINAL),
            Map.entry("access_denied", TERMINAL),
            Map.entry("cannot_install_an_org_installed_app", TERMINAL),
            Map.entry("invalid_client_id", MISCONFIGURED),
            Map.entry("bad_client_secret", MISCONFIGURED),
            Map.entry("bad_redirect_uri", MISCONFIGURED),
            Map.entry("invalid_grant_type", MISCONFIGURED),
            Map.entry("no_scopes", MISCONFIGURED),
            Map.entry("oauth_authorization_url_mismatch", MISCONFIGURED),
            Map.entry("invalid_team_for_non_distributed_app", MISCONFIGURED),
            Map.entry("pkce_not_allowed", MISCONFIGURED),
            Map.entry("code_already_used", TERMINAL),
            Map.entry("invalid_code_verifier", TERMINAL),
            Map.entry("ratelimited", TRANSIENT),
            Map.entry("service_unavailable", TRANSIENT),
            Map.entry("team_added_to_org", TRANSIENT),
            Map.entry("org_login_required", TRANSIENT),
            Map.entry("request_timeout", TRANSIENT), // the body came cut off, so nothing was carried out
            Map.entry("internal_error", OUTCOME_UNKNOWN),
            Map.entry("fatal_error", OUTCOME_UNKNOWN)));

    private Slack() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://slack.com/oauth/v2/authorize", "https://slack.com/api/oauth.v2.access")
                .pkceBreaksService() // https://docs.slack.dev/authentication/using-pkce
                .scopes("scope", ",")
                .scopes(SlackTokens::scopeParameters)
                .tokenReader(SlackTokens::read)
                .rotation(Rotation.OPTIONAL)
                .errorReader(ERRORS)
                .keep("incoming_webhook.url", "incoming_webhook.channel_id")
                .identity(new IdentityCall(
                                "POST",
                                UrlTemplate.of("https://slack.com/api/auth.test"),
                                List.of("user_id"),
                                List.of(List.of("user")),
                                Map.of("team_id", List.of("team_id"), "team", List.of("team")))
                        .within("team_id"))
                .revocation(new RevocationCall(
                        "GET",
                        UrlTemplate.of("https://slack.com/api/auth.revoke"),
                        ClientAuthentication.ANONYMOUS,
                        Place.BEARER,
                        "",
                        Reach.GRANT,
                        SlackTokens::toRevoke))
                .build();
        OAuthFlow standard = AuthorizationCodeFlow.of(spec);
        OAuthFlow flow = AuthorizationCodeFlow.of(spec, (tokens, call) -> SlackTokens.identify(standard, tokens, call));
        return Provider.builder(ID, "Slack")
                .oauth2(spec, flow, RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer("https://slack.com", "files.slack.com"))
                .tools(SlackTools.tools())
                .answers(AnswerReader.flag("ok", "error", SlackTools.FAILURES))
                .entities(SlackTools.entities())
                .scopes(
                        Scope.of("chat:write", "Bot: send messages").preset(),
                        Scope.of("channels:read", "Bot: see public channels").preset(),
                        Scope.of("channels:history", "Bot: read public channels it is in"),
                        Scope.of("groups:read", "Bot: see private channels it is in"),
                        Scope.of("im:write", "Bot: open direct messages"),
                        Scope.of("users:read", "Bot: see who is in the workspace"),
                        Scope.of("users:read.email", "Bot: see their e-mail addresses"),
                        Scope.of("files:write", "Bot: share files", "Uploads too."),
                        Scope.of("commands", "Bot: offer slash commands"),
                        Scope.of(
                                "incoming-webhook",
                                "Bot: post to one channel by webhook",
                                "The member chooses the channel on the consent page."),
                        Scope.of("user:chat:write", "Send messages as you"),
                        Scope.of("user:channels:read", "See your public channels"),
                        Scope.of("user:channels:history", "Read your public channels"),
                        Scope.of("user:search:read", "Search what you can see"))
                .ownerFields(Field.secret(SIGNING_SECRET, "Signing secret", "for webhooks; Slack: Basic Information")
                        .optional())
                .webhooks(SlackWebhooks.SCHEME)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://docs.slack.dev/authentication/installing-with-oauth",
                                "https://docs.slack.dev/authentication/using-token-rotation",
                                "https://docs.slack.dev/authentication/using-pkce",
                                "https://docs.slack.dev/reference/methods/oauth.v2.access",
                                "https://docs.slack.dev/reference/methods/auth.revoke",
                                "https://docs.slack.dev/reference/methods/auth.test",
                                "https://docs.slack.dev/reference/objects/user-object",
                                "https://docs.slack.dev/app-management/distribution")
                        .unconfirmed(
                                "the status 200 of failures",
                                "the code for an app that is not distributed",
                                "how long the grace of a used refresh token is, and how long an unused one lives",
                                "how long a code lives")
                        .rateLimit(
                                "for each method, workspace and app, by tiers of 1 to 100 a minute; 429 with Retry-After in seconds")
                        .walkthrough(() -> Slack.class.getResourceAsStream("slack.md")))
                .returnParameters("slack", "username")
                .build();
    }
}
