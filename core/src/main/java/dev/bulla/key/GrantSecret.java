package dev.bulla.key;

import java.security.SecureRandom;

/**
 * The secret of a grant: 256 random bits, shown once and kept by nobody else. What a grant opens is sealed to it <em>and</em> locked by
 * a host key, so that neither the database with the host's keys nor the secret by itself opens anything.
 *
 * <p><b>Text.</b> {@code bullagrant1-} and 59 characters in groups of five, joined by dashes: Bech32m (BIP-350) with the human-readable
 * part {@code bullagrant}, read and written as that of a {@link MemberKey}. No text is both.
 *
 * <p><b>Care.</b> Two secrets are not comparable, {@code toString} is redacted and the class is not serialisable. Immutable and
 * thread-safe.
 */
public final class GrantSecret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private GrantSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new secret from the system's secure random source. */
    public static GrantSecret generate() {
        byte[] bytes = new byte[KeyText.SECRET];
        RANDOM.nextBytes(bytes);
        return new GrantSecret(bytes);
    }

    /** Whether a text is meant as a grant's: it begins as they do, however it goes on. */
    public static boolean isMeant(CharSequence text) {
        return KeyText.GRANT.isMeant(text);
    }

    /**
     * Reads the text of a grant. The array is not changed; the caller may overwrite it afterwards.
     *
     * @throws dev.bulla.error.BullaException {@code KEY_MALFORMED}; the message says which mistake it is and holds no part of the text
     */
    public static GrantSecret parse(char[] text) {
        return new GrantSecret(KeyText.GRANT.read(text));
    }

    /** As {@link #parse(char[])}. */
    public static GrantSecret parse(CharSequence text) {
        return parse(text.toString().toCharArray());
    }

    /** The text to show, once: never log it, store it or put it into a URL. */
    public String revealText() {
        return KeyText.GRANT.write(bytes);
    }

    /** A fresh copy of the 32 bytes: as secret as the grant itself. */
    public byte[] revealBytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "GrantSecret[redacted]";
    }
}
