package dev.bulla.store;

import java.util.Arrays;

/**
 * Sealed bytes as a store keeps them, with the number of the host term that locks their outer layer.
 *
 * <p>A store never looks inside. The term stands beside the bytes in a column of its own, so that the question "which terms are
 * still in use" needs no opening. Immutable and thread-safe; {@code toString} shows the size only.
 */
public final class Sealed {
    private final byte[] bytes;
    private final int hostTerm;

    private Sealed(byte[] bytes, int hostTerm) {
        this.bytes = bytes;
        this.hostTerm = hostTerm;
    }

    /** Copies {@code bytes}; {@code hostTerm} is the term that locks the outer layer. */
    public static Sealed of(byte[] bytes, int hostTerm) {
        return new Sealed(bytes.clone(), hostTerm);
    }

    /** A fresh copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int size() {
        return bytes.length;
    }

    /** The number of the host term that locks the outer layer. */
    public int hostTerm() {
        return hostTerm;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sealed that && hostTerm == that.hostTerm && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + hostTerm;
    }

    @Override
    public String toString() {
        return "Sealed[" + bytes.length + " bytes, term " + hostTerm + "]";
    }
}
