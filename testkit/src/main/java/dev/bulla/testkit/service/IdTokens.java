package dev.bulla.testkit.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ID tokens (OpenID Connect Core section 2), signed with RS256. The key is made at first need. Guarded by the lock of
 * {@link OAuthService}.
 */
final class IdTokens {
    private final Settings settings;
    private @Nullable RSAKey key;

    IdTokens(Settings settings) {
        this.settings = settings;
    }

    String issue(User user, String clientId, @Nullable String nonce, String accessToken) {
        Instant now = settings.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(settings.issuer)
                .subject(user.subject())
                .audience(clientId)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("at_hash", Hash.half(accessToken))
                .claim("name", user.displayName())
                .claim("preferred_username", user.name());
        if (nonce != null) {
            claims.claim("nonce", nonce);
        }
        try {
            RSAKey signing = key();
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(signing.getKeyID())
                            .build(),
                    claims.build());
            jwt.sign(new RSASSASigner(signing));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("could not sign", e);
        }
    }

    Map<String, Object> jwks() {
        return Map.of("keys", List.of(key().toPublicJWK().toJSONObject()));
    }

    Map<String, Object> secretKey() {
        return key().toJSONObject();
    }

    void restore(Map<String, Object> jwk) throws ParseException {
        key = RSAKey.parse(jwk);
    }

    private RSAKey key() {
        RSAKey known = key;
        if (known == null) {
            try {
                known = new RSAKeyGenerator(2048)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .keyIDFromThumbprint(true)
                        .generate();
            } catch (JOSEException e) {
                throw new IllegalStateException("could not make a key", e);
            }
            key = known;
        }
        return known;
    }
}
