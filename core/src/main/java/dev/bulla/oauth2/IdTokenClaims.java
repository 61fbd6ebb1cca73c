package dev.bulla.oauth2;

import dev.bulla.provider.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The claims of an ID token against what is expected (OpenID Connect Core section 3.1.3.7). */
final class IdTokenClaims {
    private static final long SKEW_SECONDS = 60;
    private static final Pattern SUBJECT = Pattern.compile("[ -~]{1,255}");

    /**
     * @param issuers the names of the one issuer, compared as they are written
     * @param accessToken what {@code at_hash} must be the hash of
     */
    record Expected(Set<String> issuers, String clientId, String nonce, String accessToken, Instant now) {}

    private IdTokenClaims() {}

    /** The verified subject. */
    static String check(Json claims, String algorithm, Expected expected) throws IdTokenRefused {
        IdTokenRefused.unless(
                claims.text("iss").filter(expected.issuers::contains).isPresent(), "iss");
        checkAudience(claims, expected.clientId);
        checkTimes(claims, expected.now.getEpochSecond());
        IdTokenRefused.unless(
                claims.text("nonce")
                        .filter(nonce -> isEqual(nonce, expected.nonce))
                        .isPresent(),
                "nonce");
        if (claims.has("at_hash")) {
            String hash = leftHalfHash(expected.accessToken, algorithm);
            IdTokenRefused.unless(
                    claims.text("at_hash").filter(given -> isEqual(given, hash)).isPresent(), "at_hash");
        }
        return claims.text("sub")
                .filter(subject -> SUBJECT.matcher(subject).matches())
                .orElseThrow(() -> new IdTokenRefused("sub"));
    }

    private static void checkAudience(Json claims, String clientId) throws IdTokenRefused {
        List<?> audience = claims.text("aud")
                .<List<?>>map(List::of)
                .or(() -> claims.list("aud"))
                .orElse(List.of());
        IdTokenRefused.unless(audience.contains(clientId), "aud");
        boolean forUs =
                claims.has("azp") ? claims.text("azp").filter(clientId::equals).isPresent() : audience.size() == 1;
        IdTokenRefused.unless(forUs, "azp");
    }

    private static void checkTimes(Json claims, long now) throws IdTokenRefused {
        Optional<Long> expiry = seconds(claims, "exp");
        Optional<Long> issued = seconds(claims, "iat");
        IdTokenRefused.unless(expiry.isPresent() && now < expiry.get() + SKEW_SECONDS, "exp");
        IdTokenRefused.unless(issued.isPresent() && issued.get() <= now + SKEW_SECONDS, "iat");
        boolean begun = !claims.has("nbf")
                || seconds(claims, "nbf")
                        .filter(begin -> begin <= now + SKEW_SECONDS)
                        .isPresent();
        IdTokenRefused.unless(begun, "nbf");
    }

    private static Optional<Long> seconds(Json claims, String name) {
        return claims.number(name)
                .filter(number -> number.signum() >= 0 && number.precision() - number.scale() <= 12)
                .map(Number::longValue);
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Section 3.1.3.6: the left half of the hash that belongs to the algorithm of the signature. */
    private static String leftHalfHash(String accessToken, String algorithm) throws IdTokenRefused {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-" + algorithm.substring(2))
                    .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IdTokenRefused("alg");
        }
    }
}
