package dev.bulla.audit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that sort by time, and on one node by order: epoch milliseconds, a count, and the node, 12, 10 and 10 hexadecimal digits. */
final class AuditId {
    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String NODE = HEX.toHexDigits(RANDOM.nextLong(), 10);
    private static final AtomicLong COUNT = new AtomicLong(RANDOM.nextInt());

    private AuditId() {}

    static String next(Instant at) {
        return HEX.toHexDigits(Math.max(at.toEpochMilli(), 0), 12)
                + HEX.toHexDigits(COUNT.getAndIncrement(), 10)
                + NODE;
    }
}
