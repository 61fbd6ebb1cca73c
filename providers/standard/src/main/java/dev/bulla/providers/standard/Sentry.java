package dev.bulla.providers.standard;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.form.KeyCheck;
import dev.bulla.form.Typed;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.AnswerIdentity;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Lifetimes;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sentry (sentry.io), by an OAuth application, or by an auth token of a member, an organisation or an internal integration. What differs
 * from the standard:
 *
 * <ul>
 *   <li>The token answer says whose account it is, and names the organisation where the application asks for access to one.
 *   <li>A refresh that names scopes is refused, and so is a client that proves itself twice. Both tokens are replaced, without grace, and
 *       the refresh token ends with the thirty days of the access token beside it.
 *   <li>Revoking either token ends both, for unknown tokens too the answer is a success.
 *   <li>Consent and tokens are on {@code sentry.io}, the data of an organisation on the host of its region.
 *   <li>A token is checked by the list of organisations; 401 also stands for good tokens that may not see it, which only the text tells.
 * </ul>
 */
public final class Sentry {
    public static final String ID = "sentry";
    /** The form's secret field. */
    public static final String TOKEN = "token";
    /** The form's field with the region; without it, sentry.io. */
    public static final String REGION = "region";

    private static final String[] HOSTS = {"sentry.io", "us.sentry.io", "de.sentry.io", "*.sentry.io"};
    private static final List<String> GOOD_ELSEWHERE =
            List.of("This token access is limited to organization endpoints.", "Unauthorized organization access.");

    private Sentry() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder("https://sentry.io/oauth/authorize/", "https://sentry.io/oauth/token/")
                .lifetimes(null, Duration.ofDays(30))
                .documentedLifetimes(new Lifetimes(Duration.ofDays(30), Duration.ofDays(30), null))
                .rotation(Rotation.ALWAYS)
                .identity(new AnswerIdentity(
                        "user.id", List.of("user.name", "user.email"), Map.of("organization_id", "organization_id")))
                .revocation(RevocationCall.rfc7009(
                                "https://sentry.io/oauth/revoke/", ClientAuthentication.POST, Reach.TOKEN)
                        .withHint()
                        .ofRefreshTokens())
                .build();
        ApiAccess regional = ApiAccess.bearer("https://{region.}sentry.io", HOSTS);
        return Provider.builder(ID, "Sentry")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .form(form(regional), regional)
                .perAccount(REGION)
                .api(ApiAccess.bearer("https://sentry.io", HOSTS))
                .scopes(
                        Scope.of("org:read", "Read organisations").preset(),
                        Scope.of("project:read", "Read projects").preset(),
                        Scope.of("event:read", "Read issues and events").preset(),
                        Scope.of("team:read", "Read teams").preset(),
                        Scope.of("org:write", "Change organisations"),
                        Scope.of("org:admin", "Administer organisations"),
                        Scope.of("org:integrations", "Manage integrations"),
                        Scope.of("org:ci", "Upload from builds"),
                        Scope.of("project:write", "Change projects"),
                        Scope.of("project:admin", "Administer projects"),
                        Scope.of("project:releases", "Manage releases"),
                        Scope.of("event:write", "Change issues and events"),
                        Scope.of("event:admin", "Delete issues and events"),
                        Scope.of("team:write", "Change teams"),
                        Scope.of("team:admin", "Administer teams"),
                        Scope.of("member:read", "Read members"),
                        Scope.of("member:invite", "Invite members"),
                        Scope.of("member:write", "Change members"),
                        Scope.of("member:admin", "Administer members"),
                        Scope.of("alerts:read", "Read alerts"),
                        Scope.of("alerts:write", "Change alerts"))
                .webhooks(OwnWebhooks.SENTRY)
                .documentation(documentation())
                .returnParameters("sentry", "username")
                .build();
    }

    private static KeyForm form(ApiAccess api) {
        Field token = Field.secret(
                TOKEN,
                "Auth token",
                "Sentry: of an internal integration, of yourself (sntryu_) or an organisation (sntrys_)");
        Field region = Field.text(REGION, "Region", "where the organisation's data are; none, if you are not sure")
                .normalised(Typed.LOWER_CASE)
                .options(Field.Option.of("us", "United States"), Field.Option.of("de", "European Union"))
                .optional();
        KeyCheck check = KeyCheck.get(api, TOKEN, "/api/0/organizations/")
                .errors(Sentry::refusal)
                .identity((values, answer) -> organization(answer));
        return new KeyForm(List.of(token, region), TOKEN, check);
    }

    private static @Nullable Failure refusal(int status, Json answer) {
        if (status != 401) {
            return null;
        }
        boolean good = answer.text("detail").filter(GOOD_ELSEWHERE::contains).isPresent();
        return good ? new Failure(MISCONFIGURED, "limited_token") : new Failure(TERMINAL, "invalid_token");
    }

    /** Tokens of integrations belong to nobody and see no list: the answer is empty, and the token good. */
    private static @Nullable Identity organization(Json answer) {
        return answer.objects("").isEmpty() ? Identity.of("unnamed", "") : first(answer);
    }

    private static @Nullable Identity first(Json answer) {
        return answer.objects("").stream()
                .findFirst()
                .flatMap(one ->
                        one.id("id").map(id -> Identity.of(id, one.text("name").orElse(id))))
                .orElse(null);
    }

    private static Documentation documentation() {
        return Documentation.read(
                        "2026-11-21",
                        "https://docs.sentry.io/api/auth",
                        "https://docs.sentry.io/api/ratelimits",
                        "https://sentry.io/.well-known/oauth-authorization-server",
                        "https://github.com/getsentry/sentry/blob/master/src/sentry/web/frontend/oauth_token.py",
                        "https://github.com/getsentry/sentry/blob/master/src/sentry/web/frontend/oauth_authorize.py",
                        "https://github.com/getsentry/sentry/blob/master/src/sentry/web/frontend/oauth_revoke.py",
                        "https://github.com/getsentry/sentry/blob/master/src/sentry/api/authentication.py",
                        "https://github.com/getsentry/sentry/issues/107873",
                        "https://github.com/getsentry/sentry/pull/106451",
                        "https://docs.sentry.io/product/partnership-platform/oauth-integration")
                .unconfirmed(
                        "the address of the revocation, which is that of the server's source",
                        "whether refresh tokens have a grace by now, as was proposed in February 2026",
                        "whether a refresh token that is older than thirty days is still answered",
                        "texts of answers 403 and 429",
                        "how an own installation of Sentry differs")
                .rateLimit(
                        "for each caller and endpoint; X-Sentry-Rate-Limit-Reset in epoch seconds, without Retry-After")
                .walkthrough(() -> Sentry.class.getResourceAsStream("sentry.md"));
    }
}
