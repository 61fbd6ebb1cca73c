package dev.bulla.seal;

import java.util.Arrays;

/** Reads fields from untrusted bytes. Every length is checked against what is left before anything is allocated. */
final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
        this.bytes = bytes;
    }

    int u8() {
        require(1);
        return bytes[at++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    /** A number from 1 to 2^31 - 1. */
    int count() {
        int value = u16() << 16 | u16();
        if (value < 1) {
            throw Refusal.record();
        }
        return value;
    }

    byte[] take(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    byte[] rest() {
        return take(bytes.length - at);
    }

    private void require(int length) {
        if (length > bytes.length - at) {
            throw Refusal.record();
        }
    }
}
