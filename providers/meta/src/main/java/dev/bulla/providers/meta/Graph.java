package dev.bulla.providers.meta;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.oauth2.ApiQuestion;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.ExchangeGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Exchange;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.Selection;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Meta's services share, by version {@value #VERSION} of the Graph API: a token travels as {@code access_token} in the query, and
 * failures are objects with a number, usually under status 400. Ads and Pages share the login of facebook.com too: everything stands in the
 * query, the client's secret as well, the code brings a token of an hour or two that is exchanged at once for one of about 60 days, and
 * that one is exchanged for its successor while it lives. What a member declined before is asked for again ({@code auth_type}). Revoking ends
 * all that the person granted to the app.
 *
 * <p>190 and 102 end a token, whatever their subcode says of the reason. Throttling is no 429 but a number too, and says nothing about the
 * token. Number 100 stands for any wrong parameter; two subcodes of it speak of a code that is used up.
 */
final class Graph {
    static final String VERSION = "v26.0";
    static final Attachment TOKEN = Attachment.query("access_token");
    /** Owner's field: a configuration of Facebook Login for Business, which holds the permissions in place of scopes. */
    static final String CONFIG_ID = "configId";

    private static final String HOST = "https://graph.facebook.com";
    private static final ApiAccess API = ApiAccess.bearer(HOST).attached(TOKEN);
    private static final ApiQuestion QUESTIONS = ApiQuestion.of(API, Graph::failure);
    /**
     * What is known of raw calls. The parameter {@code batch} holds any calls (<a
     * href="https://developers.facebook.com/docs/graph-api/batch-requests">page</a>, read on 2026-11-21), so does an asynchronous batch (<a
     * href="https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/ad-account/async_batch_requests">page</a>);
     * {@code method} takes the place of the HTTP method, as Meta's former client for PHP sent it (<a
     * href="https://github.com/facebookarchive/facebook-php-sdk/blob/master/src/base_facebook.php">source</a>); a status given to an object
     * that is there can be {@code DELETED} (<a
     * href="https://developers.facebook.com/docs/marketing-api/reference/ad-campaign-group">page</a>).
     */
    static final ToolSet CALLS = ToolSet.of()
            .routes(
                    Route.any("/**").naming("batch", "method", "adbatch").anything(),
                    Route.any("/**/async_batch_requests").anything(),
                    Route.of("POST", "/{id}").naming("status").tier(Tier.DESTRUCTIVE),
                    Route.of("POST", "/{version}/{id}").naming("status").tier(Tier.DESTRUCTIVE));

    static final Field APP_ID =
            Field.text("clientId", "App ID", "App settings: Basic").matching("[0-9]{1,30}");

    private static final Pattern ID = Pattern.compile("[0-9]{1,30}");

    private static final Set<String> DEAD = Set.of("190", "102");
    private static final Set<String> DEAD_CODES = Set.of("36007", "36009");
    /** Unknown, downtime, throttling of the app, the member, the Page or this call, a limit of the app, a block for a while. */
    private static final Set<String> PASSING = Set.of("1", "2", "4", "17", "32", "341", "368", "613");

    private Graph() {}

    /** A provider that goes through the login of facebook.com. */
    static Provider.Builder provider(String id, String name) {
        String tokenUrl = HOST + "/" + VERSION + "/oauth/access_token";
        Exchange exchange = new Exchange(
                "GET", UrlTemplate.of(tokenUrl), "fb_exchange_token", "fb_exchange_token", ClientAuthentication.POST);
        OAuth2Spec spec = OAuth2Spec.builder("https://www.facebook.com/" + VERSION + "/dialog/oauth", tokenUrl)
                // https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow
                .pkceBreaksService()
                .encoding(Encoding.QUERY)
                .scopes("scope", ",")
                .inPlaceOfScopes("config_id", CONFIG_ID)
                .authorizeParameter("auth_type", "rerequest")
                .upgrade(exchange)
                .exchange(exchange)
                .lifetimes(Duration.ofDays(60), null)
                .errorReader(Graph::failure)
                .identity(new IdentityCall(
                                "GET",
                                UrlTemplate.of(HOST + "/" + VERSION + "/me?fields=id,name"),
                                List.of("id"),
                                List.of(List.of("name")),
                                Map.of())
                        .attached(TOKEN))
                .revocation(new RevocationCall(
                        "DELETE",
                        UrlTemplate.of(HOST + "/" + VERSION + "/me/permissions"),
                        ClientAuthentication.ANONYMOUS,
                        Place.QUERY,
                        "access_token",
                        Reach.GRANT,
                        Which.access()))
                .build();
        return Provider.builder(id, name)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), ExchangeGrant.of(spec), TokenRevocation.of(spec))
                .api(API)
                .tools(CALLS)
                .ownerFields(
                        APP_ID,
                        Field.text(
                                        CONFIG_ID,
                                        "Configuration ID",
                                        "Facebook Login for Business: Configurations; its permissions take the place of the scopes")
                                .matching("[0-9]{1,30}")
                                .optional());
    }

    /** What both rest on, with the pages of one of them. */
    static Documentation documentation(String... pages) {
        return Documentation.read(
                        "2026-11-21",
                        "https://developers.facebook.com/documentation/facebook-login/guides/advanced/manual-flow",
                        "https://developers.facebook.com/documentation/facebook-login/guides/access-tokens/get-long-lived",
                        "https://developers.facebook.com/documentation/facebook-login/facebook-login-for-business",
                        "https://developers.facebook.com/docs/graph-api/guides/error-handling",
                        "https://developers.facebook.com/docs/graph-api/overview/rate-limiting",
                        "https://developers.facebook.com/docs/graph-api/reference/user/permissions/",
                        "https://developers.facebook.com/docs/graph-api/changelog")
                .andRead("2026-11-21", pages)
                .unconfirmed(
                        "how long codes live",
                        "the HTTP status of each error (the reference names numbers only)",
                        "the numbers for a used code, another redirect URI and a wrong secret (reported)",
                        "how much life a repeated exchange gives, and whether the former token lives on",
                        "whether a lifetime can be missing in an answer (reported)",
                        "the body of a successful revocation",
                        "PKCE outside of the variant for OpenID Connect");
    }

    static Json get(String path, Tokens tokens, ProviderCall call) {
        return QUESTIONS.get("/" + VERSION + path, tokens, call);
    }

    /**
     * One object that a member has chosen.
     *
     * @param prefix what stands before the digits in paths
     * @throws ProviderException {@link Selection#unknown} where the token does not reach it, or its id is none
     */
    static Json chosen(String prefix, String id, String fields, Tokens tokens, ProviderCall call) {
        if (!ID.matcher(id).matches()) {
            throw Selection.unknown();
        }
        try {
            return get("/" + prefix + id + "?fields=" + fields, tokens, call);
        } catch (ProviderException e) {
            throw e.kind() == MISCONFIGURED ? Selection.unknown() : e;
        }
    }

    /** The cursor of the next page, or null for the last one. The address that comes with it holds the token, and is not followed. */
    static @Nullable String next(Json page) {
        return page.text("paging", "next")
                .flatMap(next -> page.text("paging", "cursors", "after"))
                .orElse(null);
    }

    static String after(@Nullable String cursor) {
        return cursor == null ? "" : "&after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }

    static @Nullable Failure failure(int status, Json answer) {
        String code = answer.id("error", "code").orElse("");
        return code.matches("[0-9]{1,6}") ? new Failure(kind(code, answer), code) : null;
    }

    private static Kind kind(String code, Json answer) {
        boolean codeIsOver =
                answer.id("error", "error_subcode").filter(DEAD_CODES::contains).isPresent();
        if (DEAD.contains(code) || codeIsOver) {
            return TERMINAL;
        }
        // number 1 is also the answer to a wrong secret
        boolean secret = answer.text("error", "message").orElse("").contains("client secret");
        boolean useCaseLimit = code.matches("800[0-9]{2}");
        return !secret && (PASSING.contains(code) || useCaseLimit) ? TRANSIENT : MISCONFIGURED;
    }
}
