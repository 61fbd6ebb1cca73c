package dev.bulla.seal;

import dev.bulla.key.HostKeyring;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** HMAC-SHA256 as text, under a key that a host term gives for one use. */
final class Digests {
    private static final int LENGTH = 32;

    private Digests() {}

    static String keyed(HostKeyring ring, int term, byte[] label, byte[] message) {
        byte[] termKey = ring.revealKey(term);
        byte[] key = Hkdf.derive(termKey, Hkdf.NO_SALT, label, LENGTH);
        Arrays.fill(termKey, (byte) 0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hkdf.hmac(key, message));
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
