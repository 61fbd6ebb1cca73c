package dev.bulla.providers.google;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Lifetimes;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.UrlTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What all of Google's services share: one authorization server, refresh tokens on request, grants that end as a whole.
 *
 * <ul>
 *   <li>A refresh token comes only with {@code access_type=offline}, and only with the consent that is actually given on the page. An
 *       account that agreed to the app at any time before would connect without one and be dead within the hour; nobody knows beforehand
 *       which account a member will choose, so {@code prompt=consent} is always asked for, although the page calls it optional.
 *   <li>A refresh answer has no refresh token: the old one stays in use. It does not rotate, so sending it again is harmless.
 *   <li>{@code include_granted_scopes} stays out: it would widen a token by what other connections were granted.
 *   <li>Refresh tokens end early in two ways: after 7 days while the project's status is Testing, unless only name, e-mail address and
 *       profile were asked for, and without a word when the same account gets its 101st from the same client.
 *   <li>{@code admin_policy_enforced} ends a grant as {@code invalid_grant} does: the member's administrator does not allow it any more.
 *       {@code deleted_client} blames the owner's client alone; Google deletes those that asked for no token for six months.
 *   <li>Members may leave out single scopes on the page, so fewer may be granted than were asked for.
 *   <li>Revoking any token ends everything that the account granted to any client of the project. The tokens that are sent after it are
 *       answered with {@code invalid_token}, as they have ended by then.
 *   <li>Authorization responses carry {@code iss}, which is checked, but not required, since it is young.
 * </ul>
 */
final class GoogleAccounts {
    static final String DAY = "2026-11-21";
    static final String ISSUER = "https://accounts.google.com";
    static final String GRANTS_PAGE = "https://myaccount.google.com/linkedapps";

    /** Six months without use end a refresh token. */
    private static final Duration IDLE = Duration.ofDays(180);

    private static final List<String> OPEN = List.of(
            "PKCE for web server applications (the discovery document lists S256, Google's own Java library sends it)",
            "status and description of errors at the token endpoint",
            "the answer of the revocation endpoint to a token that has ended",
            "whether answers name the seven days of a project in testing (observed; the page knows time-based access only)");

    private static final ErrorReader ERRORS = ErrorReader.byCode(Map.of(
            "admin_policy_enforced", TERMINAL, "deleted_client", MISCONFIGURED, "disabled_client", MISCONFIGURED));

    private GoogleAccounts() {}

    static OAuth2Spec.Builder spec() {
        return OAuth2Spec.builder("https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token")
                .issuer(ISSUER)
                .authorizeParameter("access_type", "offline")
                .authorizeParameter("prompt", "consent")
                .lifetimes(Duration.ofSeconds(3599), IDLE)
                .documentedLifetimes(new Lifetimes(Duration.ofSeconds(3599), null, null))
                .reuse(ReuseRule.safe())
                .rotation(Rotation.NEVER)
                .errorReader(ERRORS)
                .revocation(new RevocationCall(
                        "POST",
                        UrlTemplate.of("https://oauth2.googleapis.com/revoke"),
                        ClientAuthentication.ANONYMOUS,
                        Place.FORM,
                        "token",
                        Reach.GRANT,
                        Which.every()));
    }

    static Provider.Builder provider(String id, String name, OAuth2Spec spec) {
        return Provider.builder(id, name)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .grantsPage(GRANTS_PAGE);
    }

    /** What all of Google's services rest on, with the walkthrough and the pages of one of them. */
    static Documentation documentation(String walkthrough, String... pages) {
        return Documentation.read(
                        DAY,
                        "https://developers.google.com/identity/protocols/oauth2/web-server",
                        "https://developers.google.com/identity/openid-connect/openid-connect",
                        "https://developers.google.com/identity/openid-connect/reference",
                        "https://developers.google.com/identity/protocols/oauth2",
                        "https://developers.google.com/identity/protocols/oauth2/production-readiness/overview",
                        "https://support.google.com/cloud/answer/15549945",
                        "https://support.google.com/cloud/answer/15549257",
                        "https://support.google.com/accounts/answer/13533235")
                .andRead(DAY, pages)
                .walkthrough(() -> GoogleAccounts.class.getResourceAsStream(walkthrough))
                .unconfirmed(open());
    }

    /** What the pages leave open about all of Google's services, and about one. */
    static String[] open(String... more) {
        return Stream.concat(OPEN.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
