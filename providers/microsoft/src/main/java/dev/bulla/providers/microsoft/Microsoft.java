package dev.bulla.providers.microsoft;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.form.Typed;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft: work, school and personal accounts, by the v2.0 endpoints of Entra ID, for calls to Microsoft Graph. What differs from the standard:
 *
 * <ul>
 *   <li>The owner's tenant is a segment of the endpoints' paths: {@code common}, {@code organizations}, {@code consumers}, a directory's id or one
 *       of its domains. It is part of what accounts are bound to, so another tenant asks members to connect again.
 *   <li>Refresh tokens come with the scope {@code offline_access}, which is always asked for and never stands in an answer. Each refresh brings
 *       a new one and leaves the old one alive until its own end, so sending one twice is harmless.
 *   <li>Answers may name scopes with the address of Graph before them, and name all that was ever consented to.
 *   <li>{@code invalid_grant} also stands for a loop that the service has cut off, and for a code or scope that only the app's set-up can cure:
 *       the number in the description tells, and Microsoft warns that numbers may change; what is not known keeps its meaning.
 *   <li>A <a href="https://learn.microsoft.com/graph/json-batching">batch</a> holds any calls, and <a
 *       href="https://learn.microsoft.com/en-us/graph/api/message-permanentdelete">deleting for good</a> is a POST (both read on 2026-11-21).
 *   <li>There is no revocation for one app. Ending all sessions of the person would end those of all other apps too, so disconnecting does
 *       not do that.
 *   <li>Whose account it is says Graph: the ID token's issuer and {@code sub} depend on tenant and app. Access tokens are never read: those
 *       of personal accounts are no JWTs.
 * </ul>
 */
public final class Microsoft {
    public static final String ID = "microsoft";
    /** The owner's field with the tenant. */
    public static final String TENANT = "tenant";

    private static final String OFFLINE = "offline_access";
    private static final String LOGIN = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/";
    private static final String GRAPH = "https://graph.microsoft.com";
    private static final Duration IDLE = Duration.ofDays(90);

    private Microsoft() {}

    public static Provider create() {
        OAuth2Spec spec = OAuth2Spec.builder(LOGIN + "authorize", LOGIN + "token")
                .scopes(scopes -> Map.of("scope", String.join(" ", withOffline(scopes))))
                .tokenReader(Microsoft::tokens)
                .lifetimes(null, IDLE)
                .rotation(Rotation.ALWAYS)
                .reuse(ReuseRule.safe()) // https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens
                .errorReader(Microsoft::failure)
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of(GRAPH + "/v1.0/me"),
                        List.of("id"),
                        List.of(List.of("displayName"), List.of("userPrincipalName")),
                        Map.of("email", List.of("mail"), "username", List.of("userPrincipalName"))))
                .build();
        return Provider.builder(ID, "Microsoft")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer(GRAPH))
                .tools(ToolSet.of()
                        .routes(
                                Route.any("/**/$batch").anything(),
                                Route.of("POST", "/**/permanentDelete").tier(Tier.DESTRUCTIVE),
                                Route.of("POST", "/**/microsoft.graph.permanentDelete")
                                        .tier(Tier.DESTRUCTIVE),
                                Route.of("POST", "/**/delete").tier(Tier.DESTRUCTIVE), // cells of a workbook
                                Route.of("POST", "/**/microsoft.graph.delete").tier(Tier.DESTRUCTIVE),
                                Route.of("POST", "/**/clear").tier(Tier.DESTRUCTIVE),
                                Route.of("POST", "/**/microsoft.graph.clear").tier(Tier.DESTRUCTIVE)))
                .ownerFields(Field.text(
                                TENANT,
                                "Tenant",
                                "common, organizations, consumers, the directory's id, or one of its domains")
                        .normalised(Typed.LOWER_CASE)
                        .matching("common|organizations|consumers|[0-9a-f-]{36}|[a-z0-9.-]+\\.[a-z]{2,}")
                        .preset("common"))
                .scopes(
                        Scope.of("openid", "Sign you in").needed(),
                        Scope.of("User.Read", "See your profile").needed(),
                        Scope.of("profile", "See your name").preset(),
                        Scope.of("email", "See your e-mail address").preset(),
                        Scope.of("Mail.Read", "Read your mail"),
                        Scope.of("Mail.Send", "Send mail as you"),
                        Scope.of("Calendars.ReadWrite", "See and change your calendars"),
                        Scope.of("Contacts.Read", "See your contacts"),
                        Scope.of("Files.Read", "Read your files"),
                        Scope.of("Files.ReadWrite.All", "Read and change all files you can reach"),
                        Scope.of("Sites.Read.All", "Read all SharePoint sites you can reach"),
                        Scope.of("ChannelMessage.Send", "Post in Teams channels as you"),
                        Scope.of("Directory.Read.All", "See the directory (an administrator must agree)"))
                .grantsPage("https://myapps.microsoft.com")
                .returnParameters("microsoft", "username")
                .documentation(documentation())
                .build();
    }

    private static Documentation documentation() {
        return Documentation.read(
                        "2026-11-21",
                        "https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow",
                        "https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens",
                        "https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes",
                        "https://learn.microsoft.com/en-us/entra/identity-platform/v2-admin-consent",
                        "https://learn.microsoft.com/en-us/graph/api/user-get",
                        "https://learn.microsoft.com/en-us/graph/errors",
                        "https://github.com/AzureAD/microsoft-authentication-library-for-go/pull/445",
                        "https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/2195",
                        "https://github.com/microsoftgraph/microsoft-graph-docs/issues/5722")
                .walkthrough(() -> Microsoft.class.getResourceAsStream("microsoft.md"))
                .rateLimit(
                        "Each service behind Graph has limits of its own, per app and tenant; 429 with Retry-After in seconds")
                .unconfirmed(
                        "which error goes with each number of a refused refresh",
                        "status 401 of invalid_client",
                        "whether a refresh of a personal account brings a new refresh token when no scope is named",
                        "how long access tokens live beyond what answers say",
                        "how long client secrets may live, and when publishers must be verified",
                        "bodies and headers of throttled answers");
    }

    private static List<String> withOffline(List<String> scopes) {
        if (scopes.contains(OFFLINE)) {
            return scopes;
        }
        List<String> all = new ArrayList<>(scopes);
        all.add(OFFLINE);
        return all;
    }

    private static Tokens tokens(Json answer, Function<Json, TokenSet> standard) {
        TokenSet set = standard.apply(answer);
        List<String> scopes = set.scopes() == null
                ? null
                : set.scopes().stream()
                        .map(scope -> scope.startsWith(GRAPH + "/") ? scope.substring(GRAPH.length() + 1) : scope)
                        .toList();
        return Tokens.of(new TokenSet(
                set.accessToken(), set.refreshToken(), set.expiresAt(), set.refreshExpiresAt(), scopes, set.extra()));
    }

    private static @Nullable Failure failure(int status, Json answer) {
        if (!answer.text("error").orElse("").equals("invalid_grant")) {
            return null;
        }
        String description = answer.text("error_description").orElse("");
        if (description.startsWith("AADSTS50196:")) {
            return new Failure(TRANSIENT, "invalid_grant");
        }
        boolean otherTenant = description.startsWith("AADSTS700005:");
        boolean scopeNotGranted =
                description.startsWith("AADSTS70000:") && description.contains("scopes requested are unauthorized");
        return otherTenant || scopeNotGranted ? new Failure(MISCONFIGURED, "invalid_grant") : null;
    }
}
