package dev.bulla.seal;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869), and the HMAC under it. */
final class Hkdf {
    static final byte[] NO_SALT = new byte[0];

    private static final String HMAC = "HmacSHA256";
    private static final int HASH = 32;

    private Hkdf() {}

    /** Extract and expand; at most 8,160 bytes. */
    static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        if (length > 255 * HASH) {
            throw new IllegalArgumentException("HKDF gives at most 8,160 bytes");
        }
        try {
            byte[] pseudoRandom =
                    keyed(salt.length == 0 ? new byte[HASH] : salt).doFinal(secret);
            Mac mac = keyed(pseudoRandom);
            byte[] output = new byte[length];
            byte[] block = new byte[0];
            for (int at = 0, counter = 1; at < length; at += HASH, counter++) {
                mac.update(block);
                mac.update(info);
                mac.update((byte) counter);
                block = mac.doFinal();
                System.arraycopy(block, 0, output, at, Math.min(HASH, length - at));
            }
            Arrays.fill(pseudoRandom, (byte) 0);
            return output;
        } catch (GeneralSecurityException e) {
            throw new BullaException(ErrorCode.SETUP, "this JVM has no " + HMAC);
        }
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            return keyed(key).doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new BullaException(ErrorCode.SETUP, "this JVM has no " + HMAC);
        }
    }

    private static Mac keyed(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key, HMAC));
        return mac;
    }
}
