package dev.bulla.oauth2;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Map;

/** Signatures of the asymmetric algorithms (RFC 7518 section 3), each with the one kind of key that belongs to it. */
final class Signatures {
    private static final int LEAST_RSA_BITS = 2048;
    private static final Map<String, Curve> CURVES =
            Map.of("ES256", Curve.P_256, "ES384", Curve.P_384, "ES512", Curve.P_521);

    private Signatures() {}

    /** {@code none}, HMAC and whatever else is not listed here is never accepted, whatever a spec lists. */
    static boolean isKnown(String algorithm) {
        return algorithm.matches("(RS|PS)(256|384|512)") || CURVES.containsKey(algorithm);
    }

    /** Whether the key is made for verifying this algorithm, as far as it says. */
    static boolean fits(JWK key, String algorithm) {
        boolean use = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean operations =
                key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
        boolean named =
                key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm);
        return use && operations && named && hasKind(key, algorithm);
    }

    private static boolean hasKind(JWK key, String algorithm) {
        Curve curve = CURVES.get(algorithm);
        if (curve == null) {
            return key instanceof RSAKey && key.size() >= LEAST_RSA_BITS;
        }
        return key instanceof ECKey ec && ec.getCurve().equals(curve);
    }

    static boolean isGood(IdToken token, JWK key) {
        try {
            JWSVerifier verifier = key instanceof RSAKey rsa
                    ? new RSASSAVerifier(rsa.toRSAPublicKey())
                    : new ECDSAVerifier(key.toECKey().toECPublicKey());
            JWSHeader header = JWSHeader.parse(new Base64URL(token.headerPart()));
            return verifier.verify(header, token.signed(), new Base64URL(token.signature()));
        } catch (JOSEException | ParseException | RuntimeException e) {
            return false;
        }
    }
}
