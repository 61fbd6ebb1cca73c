package dev.bulla.oauth2;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The proof of a {@code private_key_jwt} client (RFC 7523 section 3, OpenID Connect Core section 9): one audience, at most 60 seconds,
 * never the same id twice. The key is a private JWK or a PKCS#8 PEM, RSA or P-256/384/521.
 */
final class ClientAssertion {
    private record Key(
            PrivateKey key,
            JWSAlgorithm algorithm,
            @Nullable String id) {}

    private ClientAssertion() {}

    static String of(String clientId, Secret privateKey, String audience, Clock clock) {
        try {
            Key key = key(privateKey.reveal().strip());
            Instant now = clock.instant();
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .issuer(clientId)
                    .subject(clientId)
                    .audience(audience)
                    .jwtID(UUID.randomUUID().toString())
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(60)))
                    .build();
            JWSHeader header = new JWSHeader.Builder(key.algorithm)
                    .type(JOSEObjectType.JWT)
                    .keyID(key.id)
                    .build();
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer(key));
            return jwt.serialize();
        } catch (JOSEException | ParseException | GeneralSecurityException | RuntimeException e) {
            // The text of the exception may hold the key.
            throw new ProviderException(
                    Kind.MISCONFIGURED,
                    "client_key_unusable",
                    0,
                    null,
                    "the private key of the app registration is not usable");
        }
    }

    private static JWSSigner signer(Key key) throws JOSEException {
        return key.key instanceof ECPrivateKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.key);
    }

    private static Key key(String text) throws ParseException, JOSEException, GeneralSecurityException {
        return text.startsWith("{") ? fromJwk(JWK.parse(text)) : fromPem(text);
    }

    private static Key fromJwk(JWK jwk) throws JOSEException, GeneralSecurityException {
        PrivateKey key = null;
        if (jwk instanceof RSAKey rsa) {
            key = rsa.toPrivateKey();
        } else if (jwk instanceof ECKey ec) {
            key = ec.toPrivateKey();
        }
        if (key == null) {
            throw new GeneralSecurityException("no private RSA or EC key");
        }
        JWSAlgorithm algorithm = jwk.getAlgorithm() == null
                ? algorithm(key)
                : JWSAlgorithm.parse(jwk.getAlgorithm().getName());
        return new Key(key, algorithm, jwk.getKeyID());
    }

    private static Key fromPem(String text) throws GeneralSecurityException, JOSEException {
        String begin = "-----BEGIN PRIVATE KEY-----";
        String end = "-----END PRIVATE KEY-----";
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw new GeneralSecurityException("neither a JWK nor a PKCS#8 PEM");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(text.substring(begin.length(), text.length() - end.length()));
        PrivateKey key = pkcs8(bytes);
        return new Key(key, algorithm(key), null);
    }

    private static PrivateKey pkcs8(byte[] bytes) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(bytes);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        } catch (GeneralSecurityException notRsa) {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        }
    }

    private static JWSAlgorithm algorithm(PrivateKey key) throws JOSEException {
        if (!(key instanceof ECPrivateKey ec)) {
            return JWSAlgorithm.RS256;
        }
        Curve curve = Curve.forECParameterSpec(ec.getParams());
        if (Curve.P_256.equals(curve)) {
            return JWSAlgorithm.ES256;
        }
        if (Curve.P_384.equals(curve)) {
            return JWSAlgorithm.ES384;
        }
        if (Curve.P_521.equals(curve)) {
            return JWSAlgorithm.ES512;
        }
        throw new JOSEException("no curve for signatures");
    }
}
