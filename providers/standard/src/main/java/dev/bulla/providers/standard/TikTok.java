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
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.AnswerKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TikTok, by Login Kit for the web. What differs from the standard:
 *
 * <ul>
 *   <li>The client id is called {@code client_key}, and scopes are separated by commas. All addresses end with a slash.
 *   <li>Failures of the token endpoint may come under status 200, and successes of the API carry an {@code error} too, with the code
 *       {@code ok}.
 *   <li>Members may grant a part of what is asked for.
 *   <li>Refresh tokens rotate, and the former one ends with the refresh. Lifetimes stand in the answers; since November 2026 they are two
 *       hours and 180 days, before it was a day and a year.
 *   <li>Revoking takes the access token and disconnects the app from the member's account; one that has ended is refreshed first.
 *   <li>PKCE is documented for mobile and desktop apps only, and there with a challenge of another form.
 *   <li>The subject is {@code open_id}, which differs from app to app; the name to show is no handle.
 * </ul>
 */
public final class TikTok {
    public static final String ID = "tiktok";

    private static final String API = "https://open.tiktokapis.com";
    /** Of the API, by {@code error.code}. */
    private static final Map<String, Kind> KINDS = Map.of(
            "access_token_invalid", TERMINAL,
            "scope_not_authorized", MISCONFIGURED,
            "scope_permission_missed", MISCONFIGURED,
            "rate_limit_exceeded", TRANSIENT,
            "internal_error", TRANSIENT);

    private TikTok() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder("https://www.tiktok.com/v2/auth/authorize/", API + "/v2/oauth/token/")
                .pkceBreaksService() // https://developers.tiktok.com/doc/login-kit-desktop/: a hex digest, and not for
                // the web
                .clientIdParameter("client_key")
                .scopes("scope", ",")
                .lifetimes(Duration.ofHours(2), Duration.ofDays(180))
                .rotation(Rotation.ALWAYS)
                .errorReader(TikTok::failure)
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of(API + "/v2/user/info/?fields=open_id,union_id,avatar_url,display_name"),
                        List.of("data", "user", "open_id"),
                        List.of(List.of("data", "user", "display_name")),
                        Map.of("union_id", List.of("data", "user", "union_id"))))
                .revocation(new RevocationCall(
                        "POST",
                        UrlTemplate.of(API + "/v2/oauth/revoke/"),
                        ClientAuthentication.POST,
                        Place.FORM,
                        "token",
                        Reach.GRANT,
                        Which.access()))
                .build();
        return Provider.builder(ID, "TikTok")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer(API))
                .answers(TikTok::answer)
                .scopes(
                        Scope.of("user.info.basic", "See your name and picture", "Every app with Login Kit has it.")
                                .needed(),
                        Scope.of(
                                        "video.publish",
                                        "Publish videos",
                                        "To the profile; videos of apps that TikTok has not audited stay private.")
                                .preset(),
                        Scope.of("video.upload", "Upload drafts", "To the member's inbox, to be posted there."),
                        Scope.of("video.list", "See your public videos"),
                        Scope.of(
                                "user.info.profile",
                                "See your handle and profile",
                                "User name, bio, link to the profile, verified badge."),
                        Scope.of("user.info.stats", "See your counts", "Followers, followed, likes and videos."))
                .ownerFields(Field.text("clientId", "Client key", "The app's page: Credentials"))
                .returnParameters("tiktok", "username")
                .documentation(documentation())
                .build();
    }

    private static Documentation documentation() {
        return Documentation.read(
                        "2026-11-21",
                        "https://developers.tiktok.com/docs/zh-Hans/oauth-user-access-token-management",
                        "https://developers.tiktok.com/docs/en/oauth-refresh-a-user-access-token",
                        "https://developers.tiktok.com/doc/oauth-get-a-user-access-token",
                        "https://developers.tiktok.com/docs/en/oauth-revoke-a-user-access-token",
                        "https://developers.tiktok.com/doc/oauth-error-handling",
                        "https://developers.tiktok.com/doc/tiktok-api-v2-error-handling",
                        "https://developers.tiktok.com/doc/tiktok-api-v2-rate-limit",
                        "https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info",
                        "https://developers.tiktok.com/doc/login-kit-web",
                        "https://developers.tiktok.com/doc/login-kit-desktop/",
                        "https://developers.tiktok.com/docs/en/scopes-overview")
                .unconfirmed(
                        "how long codes live",
                        "the HTTP status of failures at the token endpoint (200 was seen)",
                        "for which apps the lifetimes of November 2026 hold already",
                        "whether the life of refresh tokens starts anew with each refresh",
                        "what becomes of a used refresh token within a grace period",
                        "whether the authorization page for the web takes a code_challenge")
                .rateLimit(
                        "Per minute: 600 looks at an account or its videos, 6 posts for each member's token; 429 with"
                                + " rate_limit_exceeded and no header that says how long")
                .walkthrough(() -> TikTok.class.getResourceAsStream("tiktok.md"));
    }

    private static @Nullable AnswerKind answer(String path, Json answer) {
        String code = answer.text("error", "code").orElse("ok");
        return switch (code) {
            case "ok" -> null;
            case "access_token_invalid" -> AnswerKind.UNAUTHORIZED;
            case "scope_not_authorized", "scope_permission_missed" -> AnswerKind.FORBIDDEN;
            case "rate_limit_exceeded" -> AnswerKind.THROTTLED;
            case "internal_error" -> AnswerKind.FAILED;
            default -> AnswerKind.REFUSED;
        };
    }

    private static @Nullable Failure failure(int status, Json answer) {
        String code = answer.text("error", "code").orElse("");
        if (code.equals("ok")) {
            return Failure.NONE;
        }
        Kind kind = KINDS.get(code);
        return kind == null ? null : new Failure(kind, code);
    }
}
