package dev.bulla.hook;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Signature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Compares signatures with those that are right: every one with every secret, whatever the others gave. */
final class Macs {
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int LEAST = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Macs() {}

    /** The key in a secret; empty where the secret is none of this kind. */
    static Optional<byte[]> key(Signature kind, String secret) {
        if (!secret.startsWith(kind.keyPrefix())
                || secret.length() == kind.keyPrefix().length()) {
            return Optional.empty();
        }
        String rest = secret.substring(kind.keyPrefix().length());
        Optional<byte[]> key = kind.keyCoding() == null
                ? Optional.of(rest.getBytes(StandardCharsets.UTF_8))
                : Texts.bytes(rest, kind.keyCoding());
        return key.filter(bytes -> bytes.length > 0 && (kind.algorithm() != Algorithm.ED25519 || bytes.length == 32));
    }

    /** Whether a secret is one that something can be verified with. */
    static boolean fits(WebhookScheme scheme, String secret) {
        return scheme.signatures().stream().anyMatch(kind -> key(kind, secret).isPresent());
    }

    /** Whether one of the signatures was made with one of the secrets. As much is computed where there are none. */
    static boolean hold(WebhookScheme scheme, Evidence evidence, List<String> secrets) {
        byte[] signed = evidence.signed();
        boolean holds = false;
        for (Signature kind : scheme.signatures()) {
            List<byte[]> signatures = evidence.signatures(kind);
            for (byte[] key : keys(kind, secrets)) {
                holds |= kind.algorithm() == Algorithm.ED25519
                        ? isSigned(key, signed, signatures)
                        : isMac(kind.algorithm(), key, signed, signatures);
            }
        }
        return holds & evidence.isWhole();
    }

    private static List<byte[]> keys(Signature kind, List<String> secrets) {
        List<byte[]> keys = new ArrayList<>();
        secrets.forEach(secret -> key(kind, secret).ifPresent(keys::add));
        while (keys.size() < LEAST && kind.algorithm() != Algorithm.ED25519) {
            byte[] nobodys = new byte[32];
            RANDOM.nextBytes(nobodys);
            keys.add(nobodys);
        }
        return keys;
    }

    private static boolean isMac(Algorithm algorithm, byte[] key, byte[] signed, List<byte[]> signatures) {
        String name = algorithm == Algorithm.HMAC_SHA1 ? "HmacSHA1" : "HmacSHA256";
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            byte[] right = mac.doFinal(signed);
            boolean holds = false;
            for (byte[] signature : signatures) {
                holds |= MessageDigest.isEqual(right, signature);
            }
            return holds;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + name);
        }
    }

    private static boolean isSigned(byte[] key, byte[] signed, List<byte[]> signatures) {
        try {
            byte[] encoded = new byte[ED25519.length + key.length];
            System.arraycopy(ED25519, 0, encoded, 0, ED25519.length);
            System.arraycopy(key, 0, encoded, ED25519.length, key.length);
            PublicKey known = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            boolean holds = false;
            for (byte[] signature : signatures) {
                holds |= isSigned(known, signed, signature);
            }
            return holds;
        } catch (GeneralSecurityException e) { // a key that is no point
            return false;
        }
    }

    private static boolean isSigned(PublicKey key, byte[] signed, byte[] signature) {
        try {
            java.security.Signature check = java.security.Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) { // a signature that is none; another may hold
            return false;
        }
    }
}
