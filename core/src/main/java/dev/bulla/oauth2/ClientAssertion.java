package dev.bulla.oauth2;

import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * The proof of a {@code private_key_jwt} client (RFC 7523 section 3, OpenID Connect Core section 9): one audience, at most 60 seconds,
 * never the same id twice. The key is a private JWK or a PKCS#8 PEM, RSA or P-256/384/521.
 */
final class ClientAssertion {
    private ClientAssertion() {}

    static String of(String clientId, Secret privateKey, String audience, Clock clock) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = Map.of(
                "iss", clientId,
                "sub", clientId,
                "aud", audience,
                "jti", UUID.randomUUID().toString(),
                "iat", now,
                "exp", now + 60);
        try {
            return SignedJwt.of(privateKey, null, claims).reveal();
        } catch (IllegalArgumentException e) {
            throw new ProviderException(
                    Kind.MISCONFIGURED,
                    "client_key_unusable",
                    0,
                    null,
                    "the private key of the app registration is not usable");
        }
    }
}
