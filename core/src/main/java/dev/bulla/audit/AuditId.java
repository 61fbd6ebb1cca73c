package dev.bulla.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** Ids that sort by time: 12 hexadecimal digits of epoch milliseconds, and 20 drawn at random. */
final class AuditId {
    private static final SecureRandom RANDOM = new SecureRandom();

    private AuditId() {}

    static String next(Instant at) {
        byte[] drawn = new byte[10];
        RANDOM.nextBytes(drawn);
        return from(at.toEpochMilli()) + HexFormat.of().formatHex(drawn);
    }

    /** Before, or equal to, every id of this millisecond and later ones. */
    static String from(long millis) {
        return HexFormat.of().toHexDigits(Math.max(millis, 0), 12);
    }
}
