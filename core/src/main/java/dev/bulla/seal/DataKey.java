package dev.bulla.seal;

import java.security.SecureRandom;

/** The key of one record's payload, 32 bytes, made new for every write. */
final class DataKey {
    static final int LENGTH = 32;
    static final int COMMITMENT = 32;

    private final byte[] key;

    private DataKey(byte[] key) {
        this.key = key;
    }

    static DataKey fresh(SecureRandom random) {
        byte[] key = new byte[LENGTH];
        random.nextBytes(key);
        return new DataKey(key);
    }

    static DataKey of(byte[] key) {
        if (key.length != LENGTH) {
            throw Refusal.record();
        }
        return new DataKey(key);
    }

    byte[] reveal() {
        return key.clone();
    }

    /**
     * Tells this key from any other without saying anything about it: AES-GCM alone opens one ciphertext under several
     * keys.
     */
    byte[] commitment() {
        return Hkdf.derive(key, Hkdf.NO_SALT, Labels.COMMITMENT, COMMITMENT);
    }

    Lock payloadLock() {
        return Lock.derive(key, Hkdf.NO_SALT, Labels.PAYLOAD);
    }
}
