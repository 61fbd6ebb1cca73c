package dev.bulla.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Which addresses belong to the public internet (IANA special-purpose registries, RFC 6890). An IPv6 address is public where its
 * prefix says so; forms that carry an IPv4 address inside (NAT64, 6to4) are judged by that address.
 */
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
    }

    private static boolean isPublicV4(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        int c = bytes[2] & 0xff;
        return switch (a) {
            case 0, 10, 127 -> false;
            case 100 -> (b & 0xc0) != 64;
            case 169 -> b != 254;
            case 172 -> (b & 0xf0) != 16;
            case 192 -> b != 168 && !(b == 0 && (c == 0 || c == 2)) && !(b == 88 && c == 99);
            case 198 -> (b & 0xfe) != 18 && !(b == 51 && c == 100);
            case 203 -> !(b == 0 && c == 113);
            default -> a < 224; // above: multicast, reserved, broadcast
        };
    }

    private static boolean isPublicV6(byte[] bytes) {
        int first = word(bytes, 0);
        int second = word(bytes, 2);
        if (first == 0x64 && second == 0xff9b) { // NAT64, RFC 6052
            return allZero(bytes, 4, 12) && isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (first == 0x2002) { // 6to4, RFC 3056
            return isPublicV4(Arrays.copyOfRange(bytes, 2, 6));
        }
        // Global unicast is 2000::/3; within it, 2001::/23 is for protocols (Teredo among them) and 2001:db8::/32 for
        // documents.
        boolean protocols = first == 0x2001 && (second & 0xfe00) == 0;
        boolean documents = first == 0x2001 && second == 0x0db8 || first == 0x3fff;
        return (first & 0xe000) == 0x2000 && !protocols && !documents;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static boolean allZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
