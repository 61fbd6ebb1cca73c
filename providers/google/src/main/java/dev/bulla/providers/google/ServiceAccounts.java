package dev.bulla.providers.google;

import static dev.bulla.provider.ProviderException.Kind.MISCONFIGURED;
import static dev.bulla.provider.ProviderException.Kind.TERMINAL;
import static dev.bulla.provider.ProviderException.Kind.TRANSIENT;

import dev.bulla.form.KeyCheck;
import dev.bulla.form.Typed;
import dev.bulla.http.StrictJson;
import dev.bulla.oauth2.JwtBearerGrant;
import dev.bulla.oauth2.SignedJwt;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.ErrorReader.Failure;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What services share that are used as a service account, by its key file. The file is no credential: for each hour an assertion is signed
 * with its key and redeemed for a token.
 *
 * <ul>
 *   <li>The file is taken as downloaded, or as base64 of it. What it says about addresses is compared and never followed: assertions go to
 *       Google alone.
 *   <li>A key that was deleted is answered with 400 {@code invalid_grant}, and so are an assertion of a wrong clock and one for another
 *       audience, of which no new key is a cure: only the description tells them apart.
 *   <li>Minting proves the key and neither the account's rights nor the API, so a key is checked by a call.
 *   <li>401 of an API is about the token, or a right; never about the key.
 * </ul>
 */
final class ServiceAccounts {
    static final String KEY_FILE = "serviceAccountJson";

    private static final String TOKEN_URL = "https://oauth2.googleapis.com/token";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String PROJECT = "([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]";
    private static final String ACCOUNT = "[^@\\s]+@[^@\\s]+\\.gserviceaccount\\.com";

    private ServiceAccounts() {}

    static Field keyFile() {
        return Field.secret(KEY_FILE, "Service account key (JSON)", "The whole file as downloaded, or base64 of it")
                .as(Field.Type.JSON)
                .normalised(typed -> Typed.JSON.apply(typed).replace("\\\\n", "\\n"))
                .checked(Typed.json(ServiceAccounts::isKeyFile));
    }

    private static boolean isKeyFile(Json file) {
        return file.text("type").equals(Optional.of("service_account"))
                && file.text("project_id").filter(id -> id.matches(PROJECT)).isPresent()
                && file.text("client_email")
                        .filter(email -> email.matches(ACCOUNT))
                        .isPresent()
                && file.text("token_uri").orElse(TOKEN_URL).equals(TOKEN_URL)
                && file.text("universe_domain").orElse("googleapis.com").equals("googleapis.com")
                && SignedJwt.isKeyFor("RS256", file.text("private_key").orElse(""));
    }

    /** Mints tokens with this scope. */
    static JwtBearerGrant minter(String scope) {
        return JwtBearerGrant.at(
                TOKEN_URL,
                LIFE,
                (form, audience, now) -> assertion(file(form), scope, audience, now),
                ServiceAccounts::refusal);
    }

    private static Secret assertion(Json file, String scope, String audience, Instant now) {
        long second = now.getEpochSecond();
        Map<String, Object> claims = Map.of(
                "iss", file.text("client_email").orElse(""),
                "scope", scope,
                "aud", audience,
                "iat", second,
                "exp", second + LIFE.toSeconds());
        Secret key = Secret.of(file.text("private_key").orElse(""));
        return SignedJwt.of(key, file.text("private_key_id").orElse(null), claims);
    }

    private static @Nullable Failure refusal(int status, Json answer) {
        String error = answer.text("error").orElse("");
        String description = answer.text("error_description").orElse("");
        if (error.equals("invalid_grant")
                && (description.contains("short-lived token") || description.contains("audience"))) {
            return new Failure(MISCONFIGURED, error);
        }
        return switch (error) {
            case "disabled_client" -> new Failure(TERMINAL, error);
            case "admin_policy_enforced" -> new Failure(MISCONFIGURED, error);
            default -> null;
        };
    }

    /**
     * Asks with a minted token.
     *
     * @param check made for the key file's field, with the token in its place
     */
    static Verification ask(KeyCheck check, JwtBearerGrant minter, Map<String, Secret> values, ProviderCall call) {
        Map<String, Secret> minted = new LinkedHashMap<>(values);
        minted.put(KEY_FILE, minter.mint(values, call).accessToken());
        return check.errors(ServiceAccounts::failure).verify(minted, call);
    }

    /** A right that is missing leaves the key unverified; the quota was answered with 403 too. */
    private static @Nullable Failure failure(int status, Json answer) {
        if (status / 100 == 2) {
            return null;
        }
        List<String> reasons = GoogleApi.reasons(answer);
        if (GoogleApi.isBusy(status, reasons)) {
            return new Failure(TRANSIENT, "rate_limited");
        }
        boolean aboutTheToken = status == 401 && reasons.isEmpty();
        return aboutTheToken ? new Failure(TRANSIENT, "token_refused") : null;
    }

    static Json file(Map<String, Secret> form) {
        Secret text = form.get(KEY_FILE);
        if (text == null) {
            throw new IllegalArgumentException("the form has no " + KEY_FILE);
        }
        return StrictJson.document(text.reveal().getBytes(StandardCharsets.UTF_8));
    }

    /** @param subject name of the member of the file that is the stable id */
    static Identity identity(Json file, String subject, String attribute) {
        String id = file.text(subject).orElseThrow();
        return new Identity(id, id, Map.of(attribute, file.text(attribute).orElse("")));
    }

    static Documentation documentation(String walkthrough, String... pages) {
        return Documentation.read(
                        GoogleAccounts.DAY,
                        "https://developers.google.com/identity/protocols/oauth2/service-account",
                        "https://docs.cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys")
                .andRead(GoogleAccounts.DAY, pages)
                .walkthrough(() -> ServiceAccounts.class.getResourceAsStream(walkthrough));
    }
}
