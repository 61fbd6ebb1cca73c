package dev.bulla.providers.google;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.JwtBearerGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Firebase Cloud Messaging (HTTP v1), by the key file of a service account. {@link ServiceAccounts} tells what is not particular to it.
 *
 * <p>The account is the project that the file names. A key is checked by a message that is validated and not delivered, because minting
 * shows neither the role nor whether the API is on. Of a call's errors some are about something else than the key: 404 about the device,
 * 401 with {@code THIRD_PARTY_AUTH_ERROR} about Apple's key in the project.
 */
public final class Firebase {
    public static final String ID = "firebase";
    /** The form's one field. */
    public static final String SERVICE_ACCOUNT_JSON = ServiceAccounts.KEY_FILE;

    private static final ApiAccess API = ApiAccess.bearer("https://fcm.googleapis.com");
    private static final String DRY_RUN = "{\"validate_only\":true,\"message\":{\"topic\":\"connection-check\","
            + "\"notification\":{\"title\":\"check\",\"body\":\"check\"}}}";

    private Firebase() {}

    public static Provider create() {
        JwtBearerGrant minter = ServiceAccounts.minter("https://www.googleapis.com/auth/firebase.messaging");
        return Provider.builder(ID, "Firebase Cloud Messaging")
                .form(new KeyForm(List.of(ServiceAccounts.keyFile()), SERVICE_ACCOUNT_JSON, new DryRun(minter), minter))
                .api(API)
                .tools(GoogleCalls.tools())
                .documentation(ServiceAccounts.documentation(
                                "firebase.md",
                                "https://firebase.google.com/docs/cloud-messaging/send/v1-api",
                                "https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages/send",
                                "https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode",
                                "https://firebase.google.com/docs/cloud-messaging/error-codes",
                                "https://firebase.google.com/docs/cloud-messaging/throttling-and-quotas")
                        .unconfirmed(
                                "status of admin_policy_enforced and disabled_client (the codes stand in Google's table)",
                                "what a clock may be off before assertions are refused",
                                "how long to wait after 429 without Retry-After",
                                "that a dry run to a topic without subscribers passes (topics need not be made first)")
                        .rateLimit("600,000 messages a minute for the project; 429 or 503 with Retry-After"))
                .build();
    }

    private record DryRun(JwtBearerGrant minter) implements KeyForm.Verifier {
        @Override
        public KeyForm.Verification verify(Map<String, Secret> values, ProviderCall call) {
            Json file = ServiceAccounts.file(values);
            String target = "/v1/projects/" + file.text("project_id").orElse("") + "/messages:send";
            KeyCheck check = KeyCheck.post(API, SERVICE_ACCOUNT_JSON, target, DRY_RUN)
                    .identity((form, answer) -> ServiceAccounts.identity(file, "project_id", "client_email"));
            return ServiceAccounts.ask(check, minter, values, call);
        }

        @Override
        public Optional<String> url() {
            return Optional.of("https://fcm.googleapis.com/v1/projects/{project_id}/messages:send");
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String success() {
            return "2xx to a message with validate_only, which is not delivered";
        }
    }
}
