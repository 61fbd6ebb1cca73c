package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Linear, by OAuth, where the app acts for the member, or by a member's personal API key. What differs from the standard:
 *
 * <ul>
 *   <li>Scopes are asked for with commas and answered with blanks, to apps from before December 2023 as an array.
 *   <li>Since April 2026 every app gets tokens of 24 hours, and refresh tokens that rotate.
 *   <li>The API is GraphQL: failures stand in {@code errors}, whatever the status. OAuth tokens are attached as Bearer, keys bare.
 *   <li>RevocationCall takes an access token as Bearer and ends the member's consent; 400 says that there is none any more, 401 that the
 *       token is none.
 *   <li>The consent is always asked for, since the member could not choose another workspace otherwise.
 * </ul>
 */
public final class Linear {
    public static final String ID = "linear";
    /** The form's one field. */
    public static final String API_KEY = "apiKey";
    /** The owner's secret with which Linear signs webhooks. */
    public static final String WEBHOOK_SECRET = "webhookSecret";

    private static final ErrorReader ERRORS = ErrorReader.byCode(
            Linear::code,
            Map.of("AUTHENTICATION_ERROR", TERMINAL, "RATELIMITED", TRANSIENT, "FORBIDDEN", MISCONFIGURED));

    private Linear() {}

    private static Optional<String> code(Json answer) {
        return answer.objects("errors").stream()
                .flatMap(error -> error.text("extensions", "code").stream())
                .findFirst();
    }

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder("https://linear.app/oauth/authorize", "https://api.linear.app/oauth/token")
                .scopes("scope", ",")
                .authorizeParameter("prompt", "consent")
                .lifetimes(Duration.ofSeconds(86399), null)
                .rotation(Rotation.ALWAYS)
                .errorReader(ERRORS)
                .identity(new IdentityCall(
                                "POST",
                                UrlTemplate.of("https://api.linear.app/graphql"),
                                List.of("data", "viewer", "id"),
                                List.of(List.of("data", "organization", "name"), List.of("data", "viewer", "name")),
                                Map.of(
                                        "user_name", List.of("data", "viewer", "name"),
                                        "organization_id", List.of("data", "organization", "id"),
                                        "url_key", List.of("data", "organization", "urlKey")))
                        .posting("{\"query\":\"{ viewer { id name email } organization { id name urlKey } }\"}")
                        .within("data", "organization", "id"))
                .revocation(new RevocationCall(
                                "POST",
                                UrlTemplate.of("https://api.linear.app/oauth/revoke"),
                                ClientAuthentication.ANONYMOUS,
                                Place.BEARER,
                                "",
                                Reach.GRANT,
                                Which.access())
                        .goneBy(400, 401))
                .build();
        ApiAccess api = ApiAccess.bearer("https://api.linear.app");
        ApiAccess bare = api.attached(Attachment.scheme(""));
        Field key = Field.secret(
                        API_KEY, "Personal API key", "Linear: Settings, Security & access; it begins with lin_api_")
                .normalised(typed -> typed.strip().replaceFirst("^Bearer +", ""))
                .matching("lin_api_[A-Za-z0-9_-]+");
        KeyCheck check = KeyCheck.post(bare, API_KEY, "/graphql", "{\"query\":\"{ viewer { id name email } }\"}")
                .yes("data.viewer", answer -> answer.object("data", "viewer").isPresent())
                .errors(ERRORS)
                .identity("data.viewer.id", "data.viewer.name", "data.viewer.email");
        return Provider.builder(ID, "Linear")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .form(new KeyForm(List.of(key), API_KEY, check), bare)
                .api(api)
                .tools(LinearTools.tools())
                .answers(LinearTools.ANSWERS)
                .entities(LinearTools.entities())
                .scopes(
                        Scope.of("read", "Read what you can see", "Always granted.")
                                .needed(),
                        Scope.of("write", "Write in your name"),
                        Scope.of("issues:create", "Create issues and attachments"),
                        Scope.of("comments:create", "Create comments"),
                        Scope.of("timeSchedule:write", "Create and change time schedules"),
                        Scope.of("admin", "Administer the workspace"))
                .ownerFields(Field.secret(
                                WEBHOOK_SECRET,
                                "Webhook signing secret",
                                "Linear: shown beside the webhook; or what was given when it was made by API")
                        .optional())
                .webhooks(OwnWebhooks.LINEAR)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://linear.app/developers/oauth-2-0-authentication",
                                "https://linear.app/docs/oauth/authentication",
                                "https://linear.app/developers/oauth-actor-authorization",
                                "https://linear.app/developers/rate-limiting",
                                "https://linear.app/developers/graphql",
                                "https://github.com/linear/linear")
                        .unconfirmed(
                                "how long a rotated refresh token is still answered, and how long an unused one lives",
                                "statuses and bodies of failures at the token endpoint",
                                "whether revoking one token ends the whole consent, as its description reads",
                                "the status of AUTHENTICATION_ERROR and RATELIMITED: 200, 400 and 401 are seen",
                                "the numbers of the limits: copies of the page differ")
                        .rateLimit("an hour and user: 1,200 requests by OAuth, 1,500 by key, and points by complexity")
                        .walkthrough(() -> Linear.class.getResourceAsStream("linear.md")))
                .returnParameters("linear", "workspace")
                .build();
    }
}
