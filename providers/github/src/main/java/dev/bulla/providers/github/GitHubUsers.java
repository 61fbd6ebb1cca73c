package dev.bulla.providers.github;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Lifetimes;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.tool.AnswerKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What both kinds of app have in common, because users give both their tokens in one way. What differs from the standard:
 *
 * <ul>
 *   <li>Failures of the token endpoint come under status 200, in words of GitHub's own.
 *   <li>Refresh tokens rotate, and the old access token ends with the old one.
 *   <li>Authorization responses name their issuer, since about April 2026.
 *   <li>RevocationCall wants a living access token in a JSON body and the app's id in the path; one that has ended is refreshed first, and
 *       one that is dead is answered 422.
 * </ul>
 *
 * <p>Disconnecting deletes the token, not the grant. Deleting the grant would end every token that the user ever gave to the app: those of
 * other tenants that share a managed app, and those of a host that signs its users in through the same app. What stays is the entry on
 * {@linkplain Provider#grantsPage the user's page}.
 */
final class GitHubUsers {
    private static final String API_VERSION = "2026-03-10";

    private static final ErrorReader ERRORS = ErrorReader.byCode(Map.of(
            "bad_verification_code", TERMINAL,
            "bad_refresh_token", TERMINAL,
            "unverified_user_email", TERMINAL,
            "incorrect_client_credentials", MISCONFIGURED,
            "redirect_uri_mismatch", MISCONFIGURED,
            "application_suspended", MISCONFIGURED,
            "unsupported_grant_type", MISCONFIGURED));

    /** github.com. */
    static final ApiAccess API = api(UrlTemplate.of("https://api.github.com"), "uploads.github.com")
            .header("X-GitHub-Api-Version", API_VERSION);

    private GitHubUsers() {}

    /** @param access how long an access token lives, if it ends at all; a refresh token, where there is one, lives for six months */
    static Provider.Builder provider(String id, String name, @Nullable Duration access) {
        OAuth2Spec spec = OAuth2Spec.builder(
                        "https://github.com/login/oauth/authorize", "https://github.com/login/oauth/access_token")
                .issuer("https://github.com/login/oauth")
                .rotation(Rotation.ALWAYS)
                .documentedLifetimes(new Lifetimes(access, Duration.ofSeconds(15_897_600), null))
                .errorReader(ERRORS)
                .identity("https://api.github.com/user", "id", "login")
                .revocation(new RevocationCall(
                                "DELETE",
                                UrlTemplate.of("https://api.github.com/applications/{client_id}/token"),
                                ClientAuthentication.BASIC,
                                Place.JSON,
                                "access_token",
                                Reach.TOKEN,
                                Which.access())
                        .goneBy(422)) // https://docs.github.com/en/rest/apps/oauth-applications
                .build();
        return Provider.builder(id, name)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(API)
                .tools(GitHubTools.tools())
                .answers(AnswerReader.graphQl(
                        Map.of("FORBIDDEN", AnswerKind.FORBIDDEN, "RATE_LIMITED", AnswerKind.THROTTLED)))
                .entities(GitHubTools.entities())
                .returnParameters("github", "username");
    }

    /** Without a version: servers of GitHub Enterprise know older ones alone, and answer 400 to others. */
    static ApiAccess api(UrlTemplate base, String... hosts) {
        return new ApiAccess(base, List.of(hosts), Attachment.bearer(), Map.of())
                .header("Accept", "application/vnd.github+json");
    }

    /** 403 stands for limits and locks too, which only their words tell apart from a missing right. */
    static @Nullable Failure refusal(int status, Json answer) {
        String message = answer.text("message").orElse("");
        if (status == 401) {
            return new Failure(TERMINAL, "bad_credentials");
        }
        if (status == 403) {
            boolean later = message.contains("rate limit") || message.contains("login attempts");
            return later ? new Failure(TRANSIENT, "limited") : new Failure(MISCONFIGURED, "forbidden");
        }
        return null;
    }
}
