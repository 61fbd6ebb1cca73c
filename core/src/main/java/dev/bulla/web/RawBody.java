package dev.bulla.web;

import java.util.Arrays;

/** The bytes of a body exactly as they arrived. Immutable; {@code toString} shows their number only. */
public final class RawBody {
    private final byte[] bytes;

    private RawBody(byte[] bytes) {
        this.bytes = bytes;
    }

    public static RawBody of(byte[] bytes) {
        return new RawBody(bytes.clone());
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawBody raw && Arrays.equals(bytes, raw.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RawBody[" + bytes.length + "]";
    }
}
