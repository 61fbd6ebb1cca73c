package dev.bulla.key;

import java.security.SecureRandom;

/**
 * A member's own secret: 256 random bits, shown to the member once and kept by nobody else. What is sealed to it opens
 * with it alone, so a lost key is a lost key.
 *
 * <p><b>Text.</b> {@code bulla1-} and 59 characters in groups of five, joined by dashes. It is Bech32m (BIP-350) with
 * the human-readable part {@code bulla} over one version byte, which is 1, and the 32 bytes of the seed; the checksum
 * tells any four mistyped characters. Reading ignores blanks, line ends and dashes, takes capitals or small letters but
 * not both, and no character beyond ASCII. There is exactly one key per text and, apart from case and grouping, one
 * text per key.
 *
 * <p><b>Care.</b> Two keys are not comparable, {@code toString} is redacted and the class is not serialisable. The seed
 * stays in memory until it is collected: the JVM offers no way to wipe it for certain, and this class does not pretend
 * to. Immutable and thread-safe.
 */
public final class MemberKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] seed;

    private MemberKey(byte[] seed) {
        this.seed = seed;
    }

    /** A new key from the system's secure random source. */
    public static MemberKey generate() {
        byte[] seed = new byte[KeyText.SECRET];
        RANDOM.nextBytes(seed);
        return new MemberKey(seed);
    }

    /** Whether a text is meant as a key: it begins as they do, however it goes on. */
    public static boolean isMeant(CharSequence text) {
        return KeyText.MEMBER_KEY.isMeant(text);
    }

    /**
     * Reads the text of a key. The array is not changed; the caller may overwrite it afterwards.
     *
     * @throws dev.bulla.error.BullaException {@code KEY_MALFORMED}; the message says which mistake it is (another
     *     prefix, a wrong character and its position, mixed case, length, checksum, version) and holds no part of the
     *     text
     */
    public static MemberKey parse(char[] text) {
        return new MemberKey(KeyText.MEMBER_KEY.read(text));
    }

    /** As {@link #parse(char[])}. */
    public static MemberKey parse(CharSequence text) {
        char[] chars = new char[text.length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = text.charAt(i);
        }
        return parse(chars);
    }

    /** The text to show to the member, once: never log it, store it or put it into a URL. */
    public String revealText() {
        return KeyText.MEMBER_KEY.write(seed);
    }

    /** A fresh copy of the 32 bytes, from which everything of this key is derived: as secret as the key itself. */
    public byte[] revealSeed() {
        return seed.clone();
    }

    @Override
    public String toString() {
        return "MemberKey[redacted]";
    }
}
