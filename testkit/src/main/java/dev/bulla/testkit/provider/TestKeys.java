package dev.bulla.testkit.provider;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Key pairs of this test run, in the forms in which services hand them out, and in some that people mistake for these. */
final class TestKeys {
    private static final KeyPair RSA = pair("RSA", 2048, "");
    private static final KeyPair EC = pair("EC", 256, "secp256r1");
    private static final KeyPair EC_384 = pair("EC", 384, "secp384r1");

    private TestKeys() {}

    static RSAPublicKey rsa() {
        return (RSAPublicKey) RSA.getPublic();
    }

    static ECPublicKey ec() {
        return (ECPublicKey) EC.getPublic();
    }

    /** By the names that transcripts use: {@code private_key} and its kin stand inside JSON, {@code p8} and its kin by themselves. */
    static Map<String, String> placeholders() {
        String rsa = pem("PRIVATE KEY", RSA.getPrivate().getEncoded());
        String p8 = pem("PRIVATE KEY", EC.getPrivate().getEncoded());
        Map<String, String> all = new LinkedHashMap<>();
        all.put("private_key", inJson(rsa));
        all.put("private_key_ec", inJson(p8));
        all.put("private_key_pkcs1", inJson(pem("RSA PRIVATE KEY", inner(RSA))));
        all.put("private_key_cut", inJson(rsa.replaceFirst("[A-Za-z0-9+/=]{10}(\\n-----END)", "$1")));
        all.put("private_key_escaped_twice", rsa.replace("\n", "\\\\n"));
        all.put("pem_alone", rsa);
        all.put("p8", p8);
        all.put("p8_escaped", p8.replace("\n", "\\n"));
        all.put("p8_crlf", p8.replace("\n", "\r\n"));
        all.put("p8_rsa", rsa);
        all.put("p8_p384", pem("PRIVATE KEY", EC_384.getPrivate().getEncoded()));
        all.put("p8_sec1", pem("EC PRIVATE KEY", inner(EC)));
        all.put("p8_public", pem("PUBLIC KEY", EC.getPublic().getEncoded()));
        all.put("p8_body", p8.replaceAll("-----[A-Z ]+-----\\n?", "").strip());
        all.put("p8_cut", p8.substring(0, p8.indexOf("-----END")).strip());
        return all;
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----";
    }

    private static String inJson(String text) {
        return text.replace("\n", "\\n");
    }

    /** The key without the PKCS#8 frame, which ends in one octet string that holds it. */
    private static byte[] inner(KeyPair pair) {
        byte[] der = pair.getPrivate().getEncoded();
        int at = pair == RSA ? 26 : 28;
        return Arrays.copyOfRange(der, at, der.length);
    }

    private static KeyPair pair(String algorithm, int size, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve.isEmpty()) {
                generator.initialize(size);
            } else {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
