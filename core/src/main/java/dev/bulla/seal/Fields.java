package dev.bulla.seal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes fields one after the other so that two different lists of fields never give the same bytes. Numbers are
 * big-endian.
 */
final class Fields {
    static final int MAX_TEXT = 4096;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    Fields u8(int value) {
        out.write(value);
        return this;
    }

    Fields u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    Fields u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    Fields u64(long value) {
        return u32((int) (value >>> 32)).u32((int) value);
    }

    /** Bytes as they are: of a fixed length, or the last field. */
    Fields raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Bytes behind their length, two bytes. */
    Fields sized(byte[] bytes) {
        if (bytes.length > MAX_TEXT) {
            throw new IllegalArgumentException("a field is longer than " + MAX_TEXT + " bytes");
        }
        return u16(bytes.length).raw(bytes);
    }

    /** UTF-8 behind its length. Half a surrogate pair is refused: it would be written as a question mark is. */
    Fields text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!text.equals(new String(bytes, StandardCharsets.UTF_8))) {
            throw new IllegalArgumentException("a field is not well-formed Unicode");
        }
        return sized(bytes);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
