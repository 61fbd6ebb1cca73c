package dev.bulla.seal;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a 96-bit nonce and a 128-bit tag. Key and nonce come out of one derivation, as 44
 * bytes, from material that is fresh for every message; so a lock closes exactly one message, and no nonce is stored.
 */
final class Lock {
    static final int TAG = 16;

    private static final int KEY = 32;
    private static final int NONCE = 12;

    private final SecretKeySpec key;
    private final GCMParameterSpec nonce;

    private Lock(byte[] keyAndNonce) {
        key = new SecretKeySpec(keyAndNonce, 0, KEY, "AES");
        nonce = new GCMParameterSpec(TAG * 8, keyAndNonce, KEY, NONCE);
    }

    /**
     * The lock that {@code secret} and {@code salt}, at least one of them fresh, give for the use that {@code label}
     * names.
     */
    static Lock derive(byte[] secret, byte[] salt, byte[] label) {
        return of(Hkdf.derive(secret, salt, label, KEY + NONCE));
    }

    static Lock of(byte[] keyAndNonce) {
        if (keyAndNonce.length != KEY + NONCE) {
            throw new IllegalArgumentException("a lock takes 44 bytes");
        }
        return new Lock(keyAndNonce);
    }

    byte[] close(byte[] associated, byte[] plain) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, associated).doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw noCipher();
        }
    }

    /** @throws BullaException {@code RECORD_REFUSED} where anything differs from what was closed */
    byte[] open(byte[] associated, byte[] sealed) {
        if (sealed.length < TAG) {
            throw Refusal.record();
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, associated).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw Refusal.record();
        } catch (GeneralSecurityException e) {
            throw noCipher();
        }
    }

    private Cipher cipher(int mode, byte[] associated) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, nonce);
        cipher.updateAAD(associated);
        return cipher;
    }

    private static BullaException noCipher() {
        return new BullaException(ErrorCode.SETUP, "this JVM has no usable AES/GCM/NoPadding");
    }
}
