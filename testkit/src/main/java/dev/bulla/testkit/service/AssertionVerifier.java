package dev.bulla.testkit.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a {@code private_key_jwt} (RFC 7523 section 3). Each assertion works once. Guarded by the lock of {@link OAuthService}. */
final class AssertionVerifier {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final Settings settings;
    private final Set<String> seen = new HashSet<>();

    AssertionVerifier(Settings settings) {
        this.settings = settings;
    }

    String subject(String assertion) {
        try {
            String subject = SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
            return subject == null ? "" : subject;
        } catch (ParseException e) {
            throw Refusal.client("unreadable client assertion");
        }
    }

    boolean verifies(Client client, String assertion, String type) {
        if (client.keys() == null || !TYPE.equals(type)) {
            return false;
        }
        try {
            SignedJWT jwt = SignedJWT.parse(assertion);
            return signed(jwt, JWKSet.parse(client.keys())) && sound(jwt.getJWTClaimsSet(), client.id());
        } catch (ParseException | JOSEException e) {
            return false;
        }
    }

    private static boolean signed(SignedJWT jwt, JWKSet keys) throws JOSEException {
        for (JWK key : keys.getKeys()) {
            JWSVerifier verifier = verifier(key);
            if (verifier != null
                    && verifier.supportedJWSAlgorithms()
                            .contains(jwt.getHeader().getAlgorithm())
                    && jwt.verify(verifier)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key.getKeyType().getValue()) {
            case "RSA" -> new RSASSAVerifier(key.toRSAKey());
            case "EC" -> new ECDSAVerifier(key.toECKey());
            default -> null;
        };
    }

    private boolean sound(JWTClaimsSet claims, String clientId) {
        Instant now = settings.now();
        List<String> audience = claims.getAudience();
        return clientId.equals(claims.getIssuer())
                && clientId.equals(claims.getSubject())
                && audience.size() == 1
                && (audience.get(0).equals(settings.issuer) || audience.get(0).equals(settings.issuer + "/token"))
                && claims.getExpirationTime() != null
                && claims.getExpirationTime().toInstant().isAfter(now)
                && claims.getExpirationTime().toInstant().isBefore(now.plus(Duration.ofMinutes(5)))
                && claims.getJWTID() != null
                && seen.add(clientId + ' ' + claims.getJWTID());
    }
}
