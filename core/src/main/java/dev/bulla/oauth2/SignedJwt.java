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
import dev.bulla.provider.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A signed JWT (RFC 7515, RFC 7519), for services that take one as a credential, or in exchange for one (RFC 7523). */
public final class SignedJwt {
    private record Key(
            PrivateKey key,
            JWSAlgorithm algorithm,
            @Nullable String id) {}

    private SignedJwt() {}

    /**
     * Signs with the algorithm that belongs to the key: RS256, ES256, ES384 or ES512, unless a JWK names another.
     *
     * @param privateKey a private JWK or a PKCS#8 PEM, RSA or P-256/384/521
     * @param keyId for the header; null: that of the JWK, if it has one
     * @param claims texts, whole numbers (times are epoch seconds) and lists of texts
     * @throws IllegalArgumentException where the key is not usable; the message shows nothing of it
     */
    public static Secret of(Secret privateKey, @Nullable String keyId, Map<String, Object> claims) {
        try {
            Key key = key(privateKey.reveal().strip());
            JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
            claims.forEach(set::claim);
            JWSHeader header = new JWSHeader.Builder(key.algorithm)
                    .type(JOSEObjectType.JWT)
                    .keyID(keyId == null ? key.id : keyId)
                    .build();
            com.nimbusds.jwt.SignedJWT jwt = new com.nimbusds.jwt.SignedJWT(header, set.build());
            jwt.sign(signer(key));
            return Secret.of(jwt.serialize());
        } catch (JOSEException | ParseException | GeneralSecurityException | RuntimeException e) {
            // The text of the exception may hold the key.
            throw new IllegalArgumentException("the private key is not usable");
        }
    }

    /** Whether a text is a private key, as {@link #of} takes it, that signs with this algorithm. Fails for nothing. */
    public static boolean isKeyFor(String algorithm, String privateKey) {
        try {
            return key(privateKey.strip()).algorithm.getName().equals(algorithm);
        } catch (JOSEException | ParseException | GeneralSecurityException | RuntimeException e) {
            return false; // The text of the exception may hold the key.
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
