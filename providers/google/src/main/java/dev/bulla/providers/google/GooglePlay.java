package dev.bulla.providers.google;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.JwtBearerGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Google Play, by the key file of a service account that was invited in the Play Console. {@link ServiceAccounts} tells what is not
 * particular to it.
 *
 * <p>The account is the service account. There is no call that says who one is: a review of the named app is asked for, and without a
 * package name an app of the reporting API, which has a scope of its own. A right that is missing was answered with 401 {@code
 * permissionDenied}, and is with 403; it leaves the key unverified, as rights take a day or two to count.
 */
public final class GooglePlay {
    public static final String ID = "google-play";
    /** The form's field with the key file. */
    public static final String SERVICE_ACCOUNT_JSON = ServiceAccounts.KEY_FILE;
    /** The form's field with the app, which may be left empty. */
    public static final String PACKAGE_NAME = "packageName";

    private static final String SCOPE = "https://www.googleapis.com/auth/";
    private static final String PUBLISHER = "https://androidpublisher.googleapis.com";
    private static final String REPORTING = "https://playdeveloperreporting.googleapis.com";

    private GooglePlay() {}

    public static Provider create() {
        JwtBearerGrant minter = ServiceAccounts.minter(SCOPE + "androidpublisher");
        Field packageName = Field.text(
                        PACKAGE_NAME, "Package name", "Such as com.example.app; checks the key with this app")
                .matching("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+")
                .optional();
        return Provider.builder(ID, "Google Play")
                .form(new KeyForm(
                        List.of(ServiceAccounts.keyFile(), packageName),
                        SERVICE_ACCOUNT_JSON,
                        new Check(minter, ServiceAccounts.minter(SCOPE + "playdeveloperreporting")),
                        minter))
                .api(ApiAccess.bearer(PUBLISHER))
                .tools(GoogleCalls.tools())
                .documentation(
                        ServiceAccounts.documentation(
                                        "google-play.md",
                                        "https://developers.google.com/android-publisher/getting_started",
                                        "https://developers.google.com/android-publisher/quotas",
                                        "https://developers.google.com/play/developer/reporting/reference/rest/v1beta1/apps/search",
                                        "https://github.com/googleapis/google-api-java-client/issues/1256",
                                        "https://github.com/Triple-T/gradle-play-publisher/issues/805",
                                        "https://github.com/googleapis/google-api-nodejs-client/issues/1382")
                                .unconfirmed(
                                        "status of admin_policy_enforced and disabled_client (the codes stand in Google's table)",
                                        "what a clock may be off before assertions are refused",
                                        "which of 401 permissionDenied and 403 PERMISSION_DENIED comes today on which route",
                                        "that reviews are the cheapest check (Google names none)",
                                        "how long rights take to count",
                                        "body of 429, and how long to wait after it")
                                .rateLimit(
                                        "3,000 queries a minute in each bucket of methods; 429, or 403 with the reason rateLimitExceeded"))
                .build();
    }

    private record Check(JwtBearerGrant publisher, JwtBearerGrant reporting) implements KeyForm.Verifier {
        @Override
        public KeyForm.Verification verify(Map<String, Secret> values, ProviderCall call) {
            Json file = ServiceAccounts.file(values);
            Secret app = values.get(PACKAGE_NAME);
            KeyCheck check = app == null
                    ? KeyCheck.get(ApiAccess.bearer(REPORTING), SERVICE_ACCOUNT_JSON, "/v1beta1/apps:search?pageSize=1")
                    : KeyCheck.get(
                            ApiAccess.bearer(PUBLISHER),
                            SERVICE_ACCOUNT_JSON,
                            "/androidpublisher/v3/applications/" + app.reveal() + "/reviews?maxResults=1");
            return ServiceAccounts.ask(
                    check.identity((form, answer) -> ServiceAccounts.identity(file, "client_email", "project_id")),
                    app == null ? reporting : publisher,
                    values,
                    call);
        }

        @Override
        public Optional<String> url() {
            return Optional.of(PUBLISHER + "/androidpublisher/v3/applications/{packageName}/reviews?maxResults=1");
        }

        @Override
        public String success() {
            return "2xx; without a package name the same of " + REPORTING + "/v1beta1/apps:search?pageSize=1";
        }
    }
}
