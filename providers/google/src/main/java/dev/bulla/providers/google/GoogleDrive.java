package dev.bulla.providers.google;

import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.provider.UrlTemplate;
import java.util.List;
import java.util.Map;

/**
 * Google Drive. {@link GoogleAccounts} tells what Google's services share.
 *
 * <p>The account is asked of Drive itself, so that no further scope is needed: {@code about} wants the parameter {@code fields} and one of
 * the scopes {@code drive}, {@code drive.readonly}, {@code drive.file}, {@code drive.appdata}, {@code drive.metadata}, {@code
 * drive.metadata.readonly} and {@code drive.photos.readonly}. The project must have the Drive API enabled.
 *
 * <p>The {@code permissionId} is not the {@code sub} of {@link Google}, so the same account has different subjects with the two providers.
 * Members may choose up to five folders; their ids stand with the account as {@code folder_ids}, their names as {@code folder_1_name} and
 * so on. {@code drive.file}, the scope that Google recommends, is the default; listing what the app did not make needs one of
 * the wider scopes, which Google reviews.
 */
public final class GoogleDrive {
    public static final String ID = "google-drive";

    private static final String SCOPE = "https://www.googleapis.com/auth/drive";

    private GoogleDrive() {}

    public static Provider create() {
        OAuth2Spec spec = GoogleAccounts.spec()
                .identity(new IdentityCall(
                        "GET",
                        UrlTemplate.of("https://www.googleapis.com/drive/v3/about?fields=user"),
                        List.of("user", "permissionId"),
                        List.of(List.of("user", "displayName"), List.of("user", "emailAddress")),
                        Map.of("email", List.of("user", "emailAddress"))))
                .build();
        return GoogleAccounts.provider(ID, "Google Drive", spec)
                .api(ApiAccess.bearer("https://www.googleapis.com"))
                .tools(DriveTools.tools())
                .entities(DriveTools.entities())
                .scopes(
                        Scope.of(
                                        SCOPE + ".file",
                                        "Create files, and use those you open with this app",
                                        "What the app made, or the member picked in Google's picker; folders can not be listed freely. No review.")
                                .preset(),
                        Scope.of(
                                SCOPE + ".metadata.readonly",
                                "See names and folders of all files",
                                "Enough to choose folders. Google reviews the app (restricted)."),
                        Scope.of(SCOPE + ".readonly", "Read all files", "Google reviews the app (restricted)."),
                        Scope.of(SCOPE, "Read and change all files", "Google reviews the app (restricted)."),
                        Scope.of(
                                SCOPE + ".appdata",
                                "Keep its own settings in your Drive",
                                "A hidden folder of the app. No review."))
                .documentation(GoogleAccounts.documentation(
                                "google-drive.md",
                                "https://developers.google.com/workspace/drive/api/reference/rest/v3/about/get",
                                "https://developers.google.com/workspace/drive/api/reference/rest/v3/User",
                                "https://developers.google.com/workspace/drive/api/reference/rest/v3/files",
                                "https://developers.google.com/workspace/drive/api/guides/api-specific-auth",
                                "https://developers.google.com/workspace/drive/api/guides/ref-search-terms",
                                "https://developers.google.com/workspace/drive/api/guides/enable-shareddrives",
                                "https://developers.google.com/workspace/drive/api/guides/handle-errors",
                                "https://developers.google.com/workspace/drive/api/guides/limits")
                        .unconfirmed(GoogleAccounts.open(
                                "that a backslash in a search is doubled (the page shows the quote alone)",
                                "that sharedWithMe may be compared with true",
                                "what a refused page token is answered with",
                                "whether the consent for Drive offers access for a time only"))
                        .rateLimit(
                                "1,000,000 quota units a minute for the project and 325,000 for each person in it; 429, or 403 with the"
                                        + " reason rateLimitExceeded or userRateLimitExceeded"))
                .selection(DriveFolders.selection())
                .returnParameters("gdrive", "username")
                .build();
    }
}
