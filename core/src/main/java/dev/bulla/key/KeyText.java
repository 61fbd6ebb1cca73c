package dev.bulla.key;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.Arrays;

/**
 * The written form of 32 secret bytes: a member key, or a grant. Its errors name the mistake and never a part of the text.
 * Immutable and thread-safe.
 */
final class KeyText {
    static final KeyText MEMBER_KEY = new KeyText("bulla", "member key");
    static final KeyText GRANT = new KeyText("bullagrant", "grant");

    static final int SECRET = 32;

    private static final int VERSION = 1;
    private static final int BYTES = 1 + SECRET;
    private static final int SYMBOLS = (BYTES * 8 + 4) / 5 + Bech32m.CHECKSUM_LENGTH;
    private static final int GROUP = 5;

    private final String name;
    private final String prefix;
    private final int length;
    private final String noun;

    private KeyText(String name, String noun) {
        this.name = name;
        this.prefix = name + "1";
        this.length = prefix.length() + SYMBOLS;
        this.noun = noun;
    }

    /** Whether a text begins as those of this kind do, however it goes on. */
    boolean isMeant(CharSequence text) {
        int at = 0;
        for (int i = 0; i < text.length() && at < prefix.length(); i++) {
            char c = text.charAt(i);
            if (!isIgnored(c)) {
                if (Character.toLowerCase(c) != prefix.charAt(at)) {
                    return false;
                }
                at++;
            }
        }
        return at == prefix.length();
    }

    String write(byte[] seed) {
        byte[] bytes = new byte[BYTES];
        bytes[0] = VERSION;
        System.arraycopy(seed, 0, bytes, 1, seed.length);
        int[] data = Bech32m.unpack(bytes);
        int[] symbols = Arrays.copyOf(data, SYMBOLS);
        System.arraycopy(Bech32m.checksum(name, data), 0, symbols, data.length, Bech32m.CHECKSUM_LENGTH);
        StringBuilder text = new StringBuilder(prefix);
        for (int i = 0; i < symbols.length; i++) {
            if (i % GROUP == 0) {
                text.append('-');
            }
            text.append(Bech32m.ALPHABET.charAt(symbols[i]));
        }
        return text.toString();
    }

    byte[] read(char[] text) {
        char[] letters = lowerCase(compact(text));
        requirePrefix(letters);
        int[] symbols = new int[Math.min(SYMBOLS, letters.length - prefix.length())];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = Bech32m.ALPHABET.indexOf(letters[prefix.length() + i]);
            if (symbols[i] < 0) {
                throw wrongCharacter(
                        prefix.length() + i, "does not occur in " + noun + "s (nor do 1, b, i and o here)");
            }
        }
        if (letters.length != length) {
            String count = letters.length > length ? "more than " + length : letters.length + " instead of " + length;
            throw malformed("the " + noun + " has " + count + " characters, not counting blanks and dashes");
        }
        if (!Bech32m.verifies(name, symbols)) {
            throw malformed("the checksum of the " + noun + " does not match: at least one character is mistyped");
        }
        int[] data = Arrays.copyOf(symbols, SYMBOLS - Bech32m.CHECKSUM_LENGTH);
        byte[] bytes = Bech32m.pack(data, BYTES);
        if (bytes[0] != VERSION || !Arrays.equals(Bech32m.unpack(bytes), data)) {
            throw malformed("the " + noun + " is of a version that is not known here");
        }
        return Arrays.copyOfRange(bytes, 1, BYTES);
    }

    /** Without blanks and dashes, and no longer than it takes to see that a text is too long. */
    private char[] compact(char[] text) {
        char[] letters = new char[Math.min(text.length, length + 1)];
        int count = 0;
        for (char c : text) {
            if (isIgnored(c)) {
                continue;
            }
            if (c <= ' ' || c > '~') {
                throw wrongCharacter(count, "is not a plain letter or digit");
            }
            if (count < letters.length) {
                letters[count] = c;
            }
            count++;
        }
        return Arrays.copyOf(letters, Math.min(count, letters.length));
    }

    private static boolean isIgnored(char c) {
        return c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n';
    }

    private char[] lowerCase(char[] letters) {
        boolean lower = false;
        boolean upper = false;
        for (int i = 0; i < letters.length; i++) {
            char c = letters[i];
            lower |= c >= 'a' && c <= 'z';
            if (c >= 'A' && c <= 'Z') {
                upper = true;
                letters[i] = (char) (c + ('a' - 'A'));
            }
        }
        if (lower && upper) {
            throw malformed("the " + noun + " mixes capital and small letters: write all of it in one case");
        }
        return letters;
    }

    private void requirePrefix(char[] letters) {
        if (letters.length == 0) {
            throw malformed("the " + noun + " is empty");
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (i >= letters.length || letters[i] != prefix.charAt(i)) {
                throw malformed("this is no " + noun + ": those start with " + prefix);
            }
        }
    }

    private BullaException wrongCharacter(int index, String what) {
        return malformed("character " + (index + 1) + " of the " + noun + ", not counting blanks and dashes, " + what);
    }

    private static BullaException malformed(String message) {
        return new BullaException(ErrorCode.KEY_MALFORMED, message);
    }
}
