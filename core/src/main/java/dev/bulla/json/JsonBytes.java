package dev.bulla.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** What is judged on the bytes, before a parser sees them: encoding, control characters and depth. */
final class JsonBytes {
    private static final String ESCAPES = "\"\\/bfnrtu";

    private static final String OUTSIDE = "{}[]:, \t\n\r0123456789+-.truefalsn";

    private JsonBytes() {}

    static boolean areSound(byte[] body, int depth) {
        return !startsWithMark(body) && isUtf8(body) && isPlain(body, depth);
    }

    private static boolean startsWithMark(byte[] body) {
        return body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf;
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isPlain(byte[] body, int depth) {
        boolean inText = false;
        int level = 0;
        for (int i = 0; i < body.length; i++) {
            byte b = body[i];
            boolean control = b >= 0 && b < ' ';
            if (control && (inText || b != '\t' && b != '\n' && b != '\r')) {
                return false;
            }
            if (b == '"') {
                inText = !inText;
            } else if (inText && b == '\\') {
                i++;
                if (i == body.length || ESCAPES.indexOf(body[i]) < 0) {
                    return false;
                }
            } else if (!inText && (b == '{' || b == '[')) {
                level++;
            } else if (!inText && (b == '}' || b == ']')) {
                level--;
            }
            if (level > depth || !inText && b != '"' && !mayStandOutside(body, i)) {
                return false;
            }
        }
        return true;
    }

    /** The parser takes {@code TRUE} for {@code true}; capitals have no place here, but in the exponent of a number. */
    private static boolean mayStandOutside(byte[] body, int at) {
        return OUTSIDE.indexOf(body[at]) >= 0
                || body[at] == 'E' && at > 0 && body[at - 1] >= '0' && body[at - 1] <= '9';
    }
}
