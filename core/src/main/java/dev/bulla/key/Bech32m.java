package dev.bulla.key;

/**
 * The checksum and alphabet of Bech32m (BIP-350, which amends BIP-173), for texts of any length. Works on five-bit
 * values; whoever wants bytes packs them with {@link #pack} and {@link #unpack}.
 */
final class Bech32m {
    static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    static final int CHECKSUM_LENGTH = 6;

    private static final int FINAL = 0x2bc830a3;
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private Bech32m() {}

    /** The six values that complete {@code data} under {@code prefix}. */
    static int[] checksum(String prefix, int[] data) {
        int sum = sum(prefix, data, CHECKSUM_LENGTH) ^ FINAL;
        int[] checksum = new int[CHECKSUM_LENGTH];
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            checksum[i] = (sum >>> (5 * (5 - i))) & 31;
        }
        return checksum;
    }

    /** Whether the last six of {@code values} are the checksum of those before them. */
    static boolean verifies(String prefix, int[] values) {
        return sum(prefix, values, 0) == FINAL;
    }

    /** Bytes as five-bit values, the last one filled up with zero bits. */
    static int[] unpack(byte[] bytes) {
        int[] values = new int[(bytes.length * 8 + 4) / 5];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int set = (bytes[bit / 8] >>> (7 - bit % 8)) & 1;
            values[bit / 5] |= set << (4 - bit % 5);
        }
        return values;
    }

    /** The first {@code length} bytes of five-bit values; the caller checks that {@link #unpack} leads back. */
    static byte[] pack(int[] values, int length) {
        byte[] bytes = new byte[length];
        for (int bit = 0; bit < length * 8; bit++) {
            int set = (values[bit / 5] >>> (4 - bit % 5)) & 1;
            bytes[bit / 8] |= (byte) (set << (7 - bit % 8));
        }
        return bytes;
    }

    private static int sum(String prefix, int[] values, int zeros) {
        int sum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) >>> 5);
        }
        sum = step(sum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            sum = step(sum, prefix.charAt(i) & 31);
        }
        for (int value : values) {
            sum = step(sum, value);
        }
        for (int i = 0; i < zeros; i++) {
            sum = step(sum, 0);
        }
        return sum;
    }

    private static int step(int sum, int value) {
        int top = sum >>> 25;
        int next = ((sum & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            if (((top >>> i) & 1) == 1) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
