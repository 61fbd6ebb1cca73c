package dev.bulla.key;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.Arrays;

/** The written form of a member key. Its errors name the mistake and never a part of the text. */
final class MemberKeyText {
    private static final String NAME = "bulla";
    private static final String PREFIX = NAME + "1";
    private static final int VERSION = 1;
    private static final int BYTES = 1 + MemberKey.LENGTH;
    private static final int SYMBOLS = (BYTES * 8 + 4) / 5 + Bech32m.CHECKSUM_LENGTH;
    private static final int LENGTH = PREFIX.length() + SYMBOLS;
    private static final int GROUP = 5;

    private MemberKeyText() {}

    static String write(byte[] seed) {
        byte[] bytes = new byte[BYTES];
        bytes[0] = VERSION;
        System.arraycopy(seed, 0, bytes, 1, seed.length);
        int[] data = Bech32m.unpack(bytes);
        int[] symbols = Arrays.copyOf(data, SYMBOLS);
        System.arraycopy(Bech32m.checksum(NAME, data), 0, symbols, data.length, Bech32m.CHECKSUM_LENGTH);
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < symbols.length; i++) {
            if (i % GROUP == 0) {
                text.append('-');
            }
            text.append(Bech32m.ALPHABET.charAt(symbols[i]));
        }
        return text.toString();
    }

    static byte[] read(char[] text) {
        char[] letters = lowerCase(compact(text));
        requirePrefix(letters);
        int[] symbols = new int[Math.min(SYMBOLS, letters.length - PREFIX.length())];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = Bech32m.ALPHABET.indexOf(letters[PREFIX.length() + i]);
            if (symbols[i] < 0) {
                throw wrongCharacter(PREFIX.length() + i, "does not occur in member keys (nor do 1, b, i and o here)");
            }
        }
        if (letters.length != LENGTH) {
            String count = letters.length > LENGTH ? "more than " + LENGTH : letters.length + " instead of " + LENGTH;
            throw malformed("the member key has " + count + " characters, not counting blanks and dashes");
        }
        if (!Bech32m.verifies(NAME, symbols)) {
            throw malformed("the checksum of the member key does not match: at least one character is mistyped");
        }
        int[] data = Arrays.copyOf(symbols, SYMBOLS - Bech32m.CHECKSUM_LENGTH);
        byte[] bytes = Bech32m.pack(data, BYTES);
        if (bytes[0] != VERSION || !Arrays.equals(Bech32m.unpack(bytes), data)) {
            throw malformed("the member key is of a version that is not known here");
        }
        return Arrays.copyOfRange(bytes, 1, BYTES);
    }

    /** Without blanks and dashes, and no longer than it takes to see that a text is too long. */
    private static char[] compact(char[] text) {
        char[] letters = new char[Math.min(text.length, LENGTH + 1)];
        int count = 0;
        for (char c : text) {
            if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') {
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

    private static char[] lowerCase(char[] letters) {
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
            throw malformed("the member key mixes capital and small letters: write all of it in one case");
        }
        return letters;
    }

    private static void requirePrefix(char[] letters) {
        if (letters.length == 0) {
            throw malformed("the member key is empty");
        }
        for (int i = 0; i < PREFIX.length(); i++) {
            if (i >= letters.length || letters[i] != PREFIX.charAt(i)) {
                throw malformed("this is no member key: those start with " + PREFIX);
            }
        }
    }

    private static BullaException wrongCharacter(int index, String what) {
        return malformed("character " + (index + 1) + " of the member key, not counting blanks and dashes, " + what);
    }

    private static BullaException malformed(String message) {
        return new BullaException(ErrorCode.KEY_MALFORMED, message);
    }
}
