package dev.bulla.providers.google;

import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;

/**
 * A Google account, by OpenID Connect, with whatever further scopes an owner chooses; calls may go to any host of {@code googleapis.com}.
 * {@link GoogleAccounts} tells what Google's services share.
 *
 * <p>The subject is {@code sub} of the verified ID token, the one claim that never changes, so nothing further is asked. Google writes
 * {@code iss} of ID tokens with {@code https://} or without it. The short scopes {@code email} and {@code profile} are offered by their
 * long names, because answers name them so whichever way they were asked for.
 */
public final class Google {
    public static final String ID = "google";

    private Google() {}

    public static Provider create() {
        OAuth2Spec spec = GoogleAccounts.spec()
                .openIdConnect(GoogleAccounts.ISSUER, "https://www.googleapis.com/oauth2/v3/certs")
                .furtherIdTokenIssuers("accounts.google.com")
                .build();
        return GoogleAccounts.provider(ID, "Google", spec)
                .api(ApiAccess.bearer("https://www.googleapis.com", "*.googleapis.com"))
                .tools(GoogleCalls.tools())
                .scopes(
                        Scope.of("openid", "Know which Google account it is").needed(),
                        Scope.of("https://www.googleapis.com/auth/userinfo.profile", "See your name and picture")
                                .preset(),
                        Scope.of("https://www.googleapis.com/auth/userinfo.email", "See your e-mail address")
                                .preset(),
                        Scope.of("https://www.googleapis.com/auth/calendar.readonly", "See your calendars"),
                        Scope.of("https://www.googleapis.com/auth/calendar", "See and change your calendars"),
                        Scope.of("https://www.googleapis.com/auth/gmail.readonly", "Read your mail"),
                        Scope.of("https://www.googleapis.com/auth/gmail.send", "Send mail as you"),
                        Scope.of("https://www.googleapis.com/auth/spreadsheets", "See and change your spreadsheets"))
                .documentation(
                        GoogleAccounts.documentation(
                                        "google.md", "https://accounts.google.com/.well-known/openid-configuration")
                                .rateLimit(
                                        "Each API has limits of its own, per project and often per person; 429, or 403 with a reason"))
                .returnParameters("google", "username")
                .build();
    }
}
