package dev.bulla.gate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent-encoding (RFC 3986), in one form. */
final class Escapes {
    /** Characters that stand for themselves in a segment, beside letters and digits. */
    static final String SEGMENT = "-._~!$&'()*+,;=:@";
    /** The same in a query. */
    static final String QUERY = SEGMENT + "/?[]";

    private static final String UNRESERVED = "-._~";
    private static final int ROUNDS = 4;

    private Escapes() {}

    /** Nothing escaped that need not be, hexadecimal digits in upper case, and everything that is not ASCII escaped. */
    static String canonical(String text, String allowed) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '%') {
                int octet = octet(text, i);
                if (octet < 128 && (isLetterOrDigit(octet) || UNRESERVED.indexOf(octet) >= 0)) {
                    out.append((char) octet);
                } else {
                    escape(out, octet);
                }
                i += 3;
                continue;
            }
            if (isLetterOrDigit(c) || allowed.indexOf(c) >= 0) {
                out.append((char) c);
            } else if (c < 128 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw Canonical.refused("the target of a call has a character that must be percent-encoded");
            } else {
                for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    escape(out, octet & 0xff);
                }
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** What a segment says once it is decoded. */
    static String decodedOnce(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int octet = bytes[i] == '%' ? octetOrNone(bytes, i) : -1;
            if (octet < 0) {
                out.put(bytes[i]);
            } else {
                out.put((byte) octet);
                i += 2;
            }
        }
        try {
            String open = StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
            if (open.chars().anyMatch(Character::isISOControl)) {
                throw Canonical.refused("the path of a call has no control character");
            }
            return open;
        } catch (CharacterCodingException e) {
            throw Canonical.refused("the path of a call is UTF-8");
        }
    }

    /** What a segment says to a server that decodes again and again. */
    static String decoded(String text) {
        String open = text;
        for (int round = 0; round < ROUNDS; round++) {
            String next = decodedOnce(open);
            if (next.equals(open)) {
                return open;
            }
            open = next;
        }
        throw Canonical.refused("the path of a call is encoded too often");
    }

    private static int octet(String text, int at) {
        int octet = at + 2 < text.length() ? hex(text.charAt(at + 1)) * 16 + hex(text.charAt(at + 2)) : -1;
        if (octet < 0) {
            throw Canonical.refused("a percent sign in the target of a call is followed by two hexadecimal digits");
        }
        return octet;
    }

    private static int octetOrNone(byte[] bytes, int at) {
        return at + 2 < bytes.length ? hex((char) bytes[at + 1]) * 16 + hex((char) bytes[at + 2]) : -1;
    }

    /** Far below zero for what is no digit, so that a sum with one shows it. */
    private static int hex(char c) {
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        return digit < 0 ? -1_000 : digit;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static void escape(StringBuilder out, int octet) {
        out.append('%').append(String.format(Locale.ROOT, "%02X", octet));
    }
}
