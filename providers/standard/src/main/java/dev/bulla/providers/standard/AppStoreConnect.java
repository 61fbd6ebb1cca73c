package dev.bulla.providers.standard;

import dev.bulla.form.KeyCheck;
import dev.bulla.form.Typed;
import dev.bulla.oauth2.SignedJwt;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.Credential;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.Json;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * App Store Connect, by a private key of a team or of one person: every request carries a token that is signed on the spot (ES256, 20
 * minutes). A team's key names its issuer; a person's names none, and says {@code sub: user} instead. Whatever is wrong with a token, the
 * answer is one and the same 401; a 403 may be an agreement that nobody has signed and says nothing about the key. The subject is issuer
 * and key, as no call says whose key it is.
 */
public final class AppStoreConnect {
    public static final String ID = "app-store-connect";
    /** The form's secret: the content of the {@code .p8} file. */
    public static final String PRIVATE_KEY = "privateKey";

    private static final long SECONDS = 1200;

    private AppStoreConnect() {}

    public static Provider create() {
        ApiAccess api = ApiAccess.bearer("https://api.appstoreconnect.apple.com")
                .attached(Attachment.bearer().signing(AppStoreConnect::token));
        List<Field> fields = List.of(
                Field.text("keyId", "Key ID", "in the list of keys, and in the name of the file: AuthKey_<Key ID>.p8")
                        .normalised(Typed.UPPER_CASE)
                        .matching("[A-Z0-9]{10}"),
                Field.text("issuerId", "Issuer ID", "above the list of a team's keys; none for a key of your own")
                        .normalised(Typed.LOWER_CASE)
                        .matching("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
                        .optional(),
                Field.secret(PRIVATE_KEY, "Private key", "the whole .p8 file, with its first and last line")
                        .normalised(Typed.PEM)
                        .checked(file -> file.startsWith("-----") && SignedJwt.isKeyFor("ES256", file))
                        .as(Field.Type.MULTI_LINE));
        KeyCheck check = KeyCheck.get(api, PRIVATE_KEY, "/v1/apps?limit=1").identity(AppStoreConnect::identity);
        return Provider.builder(ID, "App Store Connect")
                .form(new KeyForm(fields, PRIVATE_KEY, check))
                .api(api)
                .documentation(Documentation.read(
                                "2026-11-21",
                                "https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests",
                                "https://developer.apple.com/documentation/appstoreconnectapi/identifying-rate-limits",
                                "https://developer.apple.com/documentation/appstoreconnectapi/creating-api-keys-for-app-store-connect-api",
                                "https://developer.apple.com/documentation/appstoreconnectapi/revoking-api-keys",
                                "https://developer.apple.com/documentation/appstoreconnectapi/about-the-http-status-code",
                                "https://developer.apple.com/help/app-store-connect/get-started/app-store-connect-api")
                        .unconfirmed(
                                "the texts of 403, 404 and 500",
                                "how far a clock may be off",
                                "the shape of a Key ID: ten letters and digits in samples")
                        .rateLimit(
                                "by key and hour, told in X-Rate-Limit (user-hour-lim, user-hour-rem); a second limit"
                                        + " by minute is not published; no Retry-After")
                        .walkthrough(() -> AppStoreConnect.class.getResourceAsStream("app-store-connect.md")))
                .build();
    }

    private static Secret token(Credential credential) {
        long now = credential.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        Optional<String> issuer = text(credential.form(), "issuerId");
        claims.put(issuer.isPresent() ? "iss" : "sub", issuer.orElse("user"));
        claims.put("iat", now);
        claims.put("exp", now + SECONDS);
        claims.put("aud", "appstoreconnect-v1");
        return SignedJwt.of(credential.token(), text(credential.form(), "keyId").orElse(null), claims);
    }

    private static Identity identity(Map<String, Secret> form, Json answer) {
        String key = text(form, "keyId").orElse("");
        String subject =
                text(form, "issuerId").map(issuer -> issuer + "." + key).orElse(key);
        String name = answer.objects("data").stream()
                .flatMap(app -> app.text("attributes", "name").stream())
                .findFirst()
                .orElse(key);
        return Identity.of(subject, name);
    }

    private static Optional<String> text(Map<String, Secret> form, String field) {
        return Optional.ofNullable(form.get(field)).map(Secret::reveal);
    }
}
