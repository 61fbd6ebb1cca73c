package dev.bulla.seal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a member key: an X25519 public key (RFC 7748), 32 bytes. Whoever has it can seal to the member and
 * open nothing. Immutable, thread-safe, comparable by value, harmless to show.
 */
public final class MemberPublicKey {
    static final int LENGTH = 32;
    static final int FINGERPRINT_LENGTH = 16;

    private final byte[] bytes;

    MemberPublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads {@link #text()}. That the key is really the member's is not for this class to say: see {@link KeyProof}.
     *
     * @throws dev.bulla.error.BullaException {@code KEY_ROW_REFUSED} where the text is not the one text of 32 bytes
     */
    public static MemberPublicKey parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.publicKey();
        }
        MemberPublicKey key = new MemberPublicKey(bytes);
        if (bytes.length != LENGTH || !key.text().equals(text)) {
            throw Refusal.publicKey();
        }
        return key;
    }

    /** The key as 43 characters of base64url without padding (RFC 4648 section 5). */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Eight groups of four hexadecimal digits, to compare by eye: the first 128 bits of a SHA-256 of a label and the
     * key.
     */
    public String fingerprint() {
        String hex = HexFormat.of().formatHex(fingerprintBytes());
        return String.join(" ", hex.split("(?<=\\G.{4})"));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    byte[] fingerprintBytes() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(Labels.FINGERPRINT);
            return Arrays.copyOf(sha256.digest(bytes), FINGERPRINT_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberPublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "MemberPublicKey[" + fingerprint() + "]";
    }
}
