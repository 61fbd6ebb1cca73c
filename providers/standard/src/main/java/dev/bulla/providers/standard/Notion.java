package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.OUTCOME_UNKNOWN;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notion, by OAuth (a public connection) or by a member's own key (an internal connection's or a personal access token). There are no
 * scopes: capabilities are set on the connection, and the member picks pages on the consent screen. What differs from the standard:
 *
 * <ul>
 *   <li>Token requests are JSON, with the client as HTTP Basic and a dated {@code Notion-Version}, which every call needs.
 *   <li>Answers name no lifetime although they bring a refresh token: tokens are refreshed when a call is refused. Both are new then.
 *   <li>How many requests the API takes <a href="https://developers.notion.com/reference/request-limits">in a minute</a> hangs on the
 *       workspace's plan (read on 2026-11-21), so that none is counted here: 429 and 529 say how long to wait.
 *   <li>Failures are named in {@code code}, by the guide also in {@code error}.
 *   <li>The subject is the bot of the grant. Whether revoking its access token ends more than that token is not documented, so the
 *       whole grant counts as ended.
 * </ul>
 */
public final class Notion {
    public static final String ID = "notion";
    /** The form's one field. */
    public static final String API_KEY = "apiKey";

    private static final String VERSION = "2026-03-11";
    private static final String TOKEN_URL = "https://api.notion.com/v1/oauth/token";

    private static final ErrorReader ERRORS = ErrorReader.byCode(
            Notion::code,
            Map.of(
                    "invalid_grant", TERMINAL,
                    "invalid_client", MISCONFIGURED,
                    "invalid_request", MISCONFIGURED,
                    "unauthorized_client", MISCONFIGURED,
                    "missing_version", MISCONFIGURED,
                    "test_env_error", MISCONFIGURED,
                    "rate_limited", TRANSIENT,
                    "service_overload", TRANSIENT,
                    "service_unavailable", TRANSIENT,
                    "internal_server_error", OUTCOME_UNKNOWN));
    private static final ErrorReader KEY_ERRORS = ErrorReader.byCode(
            Notion::code,
            Map.of(
                    "unauthorized", TERMINAL,
                    "rate_limited", TRANSIENT,
                    "service_overload", TRANSIENT,
                    "service_unavailable", TRANSIENT,
                    "internal_server_error", TRANSIENT));

    private Notion() {}

    private static Optional<String> code(Json answer) {
        return answer.text("code").or(() -> answer.text("error"));
    }

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder("https://api.notion.com/v1/oauth/authorize", TOKEN_URL)
                .clientAuthentication(ClientAuthentication.BASIC)
                .encoding(Encoding.JSON)
                .authorizeParameter("owner", "user")
                .header("Notion-Version", VERSION)
                .keep("workspace_id")
                .rotation(Rotation.ALWAYS)
                .errorReader(ERRORS)
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://api.notion.com/v1/users/me"),
                        List.of("id"),
                        List.of(List.of("bot", "workspace_name"), List.of("name")),
                        Map.of(
                                "workspace_id", List.of("bot", "workspace_id"),
                                "user_id", List.of("bot", "owner", "user", "id"),
                                "user_name", List.of("bot", "owner", "user", "name"))))
                .revocation(new RevocationCall(
                        "POST",
                        UrlTemplate.of("https://api.notion.com/v1/oauth/revoke"),
                        ClientAuthentication.BASIC,
                        Place.JSON,
                        "token",
                        Reach.GRANT,
                        Which.access()))
                .build();
        ApiAccess api = ApiAccess.bearer("https://api.notion.com").header("Notion-Version", VERSION);
        Field key = Field.secret(
                        API_KEY,
                        "Access token",
                        "Notion: the token of an internal connection, or a personal access token; it begins with ntn_")
                .matching("(ntn_|secret_)[A-Za-z0-9_-]+");
        KeyCheck check = KeyCheck.get(api, API_KEY, "/v1/users/me")
                .errors(KEY_ERRORS)
                .identity("id", "bot.workspace_name", "name");
        return Provider.builder(ID, "Notion")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .form(new KeyForm(List.of(key), API_KEY, check))
                .api(api)
                .tools(NotionTools.tools())
                .entities(NotionTools.entities())
                .webhooks(OwnWebhooks.NOTION)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://developers.notion.com/guides/get-started/authorization",
                                "https://developers.notion.com/reference/refresh-a-token",
                                "https://developers.notion.com/reference/introspect-token",
                                "https://developers.notion.com/reference/status-codes",
                                "https://developers.notion.com/reference/request-limits",
                                "https://developers.notion.com/reference/create-a-token",
                                "https://developers.notion.com/guides/get-started/personal-access-tokens",
                                "https://github.com/makenotion/notion-sdk-js")
                        .unconfirmed(
                                "how long access and refresh tokens live",
                                "whether the former tokens end at once when they are refreshed",
                                "whether revoking an access token ends the refresh token with it",
                                "in which of its two documented shapes the token endpoint tells failures",
                                "whether PKCE is checked; it is sent",
                                "what test_env_error means")
                        .rateLimit(
                                "by the workspace's plan, for each connection and for the workspace; Retry-After in seconds")
                        .walkthrough(() -> Notion.class.getResourceAsStream("notion.md")))
                .returnParameters("notion", "workspace")
                .build();
    }
}
