package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

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
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * X (x.com), by OAuth 2.0 and as a confidential client. What differs from the standard:
 *
 * <ul>
 *   <li>PKCE is required of confidential clients too, and a code lives 30 seconds.
 *   <li>A dead code or refresh token is answered with {@code invalid_request}, as a malformed request is; only the description tells them
 *       apart. A wrong secret is {@code unauthorized_client}.
 *   <li>Refresh tokens come with the scope {@code offline.access}, rotate, and are good for one use. A used one may end all its kin, so
 *       nothing is sent twice before the access token has ended.
 *   <li>Each look at the account is billed to the app's owner: it is asked for once, at the consent.
 * </ul>
 */
public final class X {
    public static final String ID = "x";

    private static final List<String> DEAD =
            List.of("Value passed for the token was invalid", "Value passed for the authorization code was invalid");

    private X() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder("https://x.com/i/oauth2/authorize", "https://api.x.com/2/oauth2/token")
                .clientAuthentication(ClientAuthentication.BASIC)
                .rotation(Rotation.ALWAYS)
                .lifetimes(Duration.ofHours(2), null)
                .errorReader(X::failure)
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://api.x.com/2/users/me"),
                        List.of("data", "id"),
                        List.of(List.of("data", "username"), List.of("data", "name")),
                        Map.of("name", List.of("data", "name"))))
                .revocation(RevocationCall.rfc7009(
                        "https://api.x.com/2/oauth2/revoke", ClientAuthentication.BASIC, Reach.TOKEN))
                .build();
        return Provider.builder(ID, "X (Twitter)")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer("https://api.x.com"))
                .tools(RawCalls.x())
                .scopes(
                        Scope.of(
                                        "tweet.read",
                                        "Read posts",
                                        "All posts that the member can see, also of protected accounts. Asking who the member is needs it.")
                                .needed(),
                        Scope.of(
                                        "users.read",
                                        "See accounts",
                                        "Any account that the member can see. Asking who the member is needs it.")
                                .needed(),
                        Scope.of("tweet.write", "Post", "Also reposts.").preset(),
                        Scope.of(
                                        "offline.access",
                                        "Stay connected",
                                        "X gives a refresh token for it; without one the account ends after two hours.")
                                .needed(),
                        Scope.of("media.write", "Upload pictures and videos"),
                        Scope.of("tweet.moderate.write", "Hide replies", "Under the member's posts."),
                        Scope.of("users.email", "See your e-mail address", "The confirmed address."),
                        Scope.of("follows.read", "See whom you follow"),
                        Scope.of("follows.write", "Follow"),
                        Scope.of("like.read", "See what you like"),
                        Scope.of("like.write", "Like"),
                        Scope.of("list.read", "See lists", "Also private ones."),
                        Scope.of("list.write", "Manage lists"),
                        Scope.of("bookmark.read", "See bookmarks"),
                        Scope.of("bookmark.write", "Bookmark"),
                        Scope.of("dm.read", "Read direct messages", "All direct messages that the member can see."),
                        Scope.of("dm.write", "Send direct messages"),
                        Scope.of("mute.read", "See whom you mute"),
                        Scope.of("mute.write", "Mute"),
                        Scope.of("block.read", "See whom you block"),
                        Scope.of("block.write", "Block"),
                        Scope.of("space.read", "See Spaces", "Those that the member can enter."))
                .returnParameters("x", "username")
                .grantsPage("https://x.com/settings/connected_apps")
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code",
                                "https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token",
                                "https://docs.x.com/fundamentals/developer-apps",
                                "https://docs.x.com/x-api/fundamentals/rate-limits",
                                "https://docs.x.com/x-api/fundamentals/response-codes-and-errors",
                                "https://docs.x.com/x-api/getting-started/pricing")
                        .unconfirmed(
                                "how long refresh tokens live (others say about six months)",
                                "that refresh tokens rotate and are good for one use (seen by several projects, not written by X)",
                                "whether a used refresh token ends the whole family (one report)",
                                "the wording of refusals by the token endpoint (seen by several projects)",
                                "what the revocation answers, and whether a token's sibling ends with it",
                                "status and body where an app's credits are used up")
                        .rateLimit(
                                "For each endpoint, member and window of 15 minutes or a day: 75 looks at the account and 100 posts"
                                        + " in 15 minutes; 429 with x-rate-limit-reset, a Unix time")
                        .walkthrough(() -> X.class.getResourceAsStream("x.md")))
                .build();
    }

    private static @Nullable Failure failure(int status, Json answer) {
        String said = answer.text("error_description").orElse("");
        return answer.text("error").orElse("").equals("invalid_request")
                        && DEAD.stream().anyMatch(said::startsWith)
                ? new Failure(TERMINAL, "invalid_request")
                : null;
    }
}
