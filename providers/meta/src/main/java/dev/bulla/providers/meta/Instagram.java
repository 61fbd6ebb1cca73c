package dev.bulla.providers.meta;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.ExchangeGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Exchange;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.UrlTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Instagram, by the API with Instagram login: professional accounts, and no Facebook Page is needed. What differs from the standard:
 *
 * <ul>
 *   <li>The code brings a token of one hour, which is exchanged at once for one of 60 days. That one is exchanged for its successor while
 *       it lives, from an age of 24 hours on; there are no refresh tokens.
 *   <li>Answers may be wrapped in an array named {@code data}: the documentation shows it so, and clients see them plain.
 *   <li>The subject is {@code user_id} of {@code /me}, which stands in paths of the API. The {@code user_id} that comes with the code is
 *       another one.
 *   <li>There is no call that revokes: members remove the app in Instagram's settings.
 *   <li>PKCE is no part of this login.
 * </ul>
 */
public final class Instagram {
    public static final String ID = "instagram";

    private static final String API = "https://graph.instagram.com";

    private Instagram() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://www.instagram.com/oauth/authorize", "https://api.instagram.com/oauth/access_token")
                // https://developers.facebook.com/documentation/instagram-platform/reference/oauth-authorize
                .pkceBreaksService()
                .scopes("scope", ",")
                .grantedIn("permissions")
                .wrappedIn("data")
                .upgrade(exchange("/access_token", "ig_exchange_token", ClientAuthentication.POST))
                .exchange(exchange("/refresh_access_token", "ig_refresh_token", ClientAuthentication.ANONYMOUS)
                        .from(Duration.ofHours(24)))
                .lifetimes(Duration.ofDays(60), null)
                .rotation(Rotation.UNKNOWN)
                .errorReader(Instagram::failure)
                .identity(new IdentityCall(
                                "GET",
                                UrlTemplate.of(API + "/" + Graph.VERSION
                                        + "/me?fields=user_id,username,name,account_type,profile_picture_url"),
                                List.of("user_id"),
                                List.of(List.of("username"), List.of("name")),
                                Map.of("name", List.of("name"), "account_type", List.of("account_type")))
                        .attached(Graph.TOKEN))
                .build();
        return Provider.builder(ID, "Instagram")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), ExchangeGrant.of(spec), null)
                .api(ApiAccess.bearer(API).attached(Graph.TOKEN))
                .tools(Graph.CALLS)
                .scopes(
                        Scope.of(
                                        "instagram_business_basic",
                                        "See your profile and media",
                                        "Account and media of the professional account; the others need it.")
                                .needed(),
                        Scope.of("instagram_business_content_publish", "Publish")
                                .preset(),
                        Scope.of("instagram_business_manage_comments", "Read and answer comments"),
                        Scope.of("instagram_business_manage_messages", "Read and send messages", "Direct messages."),
                        Scope.of("instagram_business_manage_insights", "See insights"))
                .ownerFields(Field.text(
                                "clientId",
                                "Instagram app ID",
                                "API setup with Instagram login: Business login settings; not the ID of the Meta app")
                        .matching("[0-9]{1,30}"))
                .returnParameters("ig", "username")
                .webhooks(MetaWebhooks.SCHEME)
                .documentation(documentation())
                .build();
    }

    private static Exchange exchange(String path, String grantType, ClientAuthentication authentication) {
        return new Exchange("GET", UrlTemplate.of(API + path), grantType, "access_token", authentication);
    }

    private static Documentation documentation() {
        return Documentation.read(
                        "2026-11-21",
                        "https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login",
                        "https://developers.facebook.com/documentation/instagram-platform/reference/refresh_access_token",
                        "https://developers.facebook.com/documentation/instagram-platform/reference/access_token",
                        "https://developers.facebook.com/documentation/instagram-platform/reference/oauth-authorize",
                        "https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login",
                        "https://developers.facebook.com/docs/graph-api/changelog",
                        "https://developers.facebook.com/docs/graph-api/overview/rate-limiting")
                .unconfirmed(
                        "the answer to an exchange of a token that is younger than 24 hours",
                        "the form of errors at the token addresses of graph.instagram.com",
                        "whether answers come wrapped in data (documented) or plain (seen by clients)",
                        "whether an exchange changes the token's text or ends the former one",
                        "whether there is a way to revoke by API",
                        "version 26.0 for graph.instagram.com (the changelog is common, examples show 25.0)")
                .rateLimit(
                        "4800 times the impressions of 24 hours, for each app and account; 400 with code 80002 and the minutes to"
                                + " wait in X-Business-Use-Case-Usage")
                .walkthrough(() -> Instagram.class.getResourceAsStream("instagram.md"));
    }

    /** The address for codes names failures in a form of its own. */
    private static @Nullable Failure failure(int status, Json answer) {
        String said = answer.text("error_message").orElse("");
        if (said.startsWith("Matching code was not found")) {
            return new Failure(TERMINAL, "400");
        }
        return said.isEmpty() ? Graph.failure(status, answer) : new Failure(MISCONFIGURED, "400");
    }
}
