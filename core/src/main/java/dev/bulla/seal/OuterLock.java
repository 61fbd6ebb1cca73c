package dev.bulla.seal;

import dev.bulla.key.HostKeyring;
import java.security.SecureRandom;
import java.util.Arrays;

/** The host's lock around a record. {@link Sealer} has the layout. */
final class OuterLock {
    static final int MAX_RECORD = 128 * 1024;

    private static final byte[] MAGIC = {(byte) 0x8b, 'B', 'L', 'A'};
    private static final int VERSION = 1;
    private static final int SALT = 32;

    private final HostKeyring ring;
    private final SecureRandom random;

    OuterLock(HostKeyring ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /** The term that locks a record. Says nothing about whether the record is genuine. */
    static int termOf(byte[] record) {
        return header(new Cursor(record), record.length);
    }

    byte[] close(byte[] inner, SealContext context) {
        int term = ring.activeTerm();
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] header = new Fields().raw(MAGIC).u8(VERSION).u32(term).raw(salt).toBytes();
        byte[] locked = lock(term, salt).close(associated(header, context), inner);
        byte[] record = new Fields().raw(header).raw(locked).toBytes();
        if (record.length > MAX_RECORD) {
            throw new IllegalArgumentException("the sealed record would be longer than " + MAX_RECORD + " bytes");
        }
        return record;
    }

    byte[] open(byte[] record, SealContext context) {
        Cursor in = new Cursor(record);
        int term = header(in, record.length);
        byte[] salt = in.take(SALT);
        byte[] locked = in.rest();
        byte[] header = Arrays.copyOf(record, record.length - locked.length);
        return lock(term, salt).open(associated(header, context), locked);
    }

    private Lock lock(int term, byte[] salt) {
        byte[] key = ring.revealKey(term);
        try {
            return Lock.derive(key, salt, Labels.OUTER_LOCK);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static int header(Cursor in, int length) {
        if (length > MAX_RECORD || !Arrays.equals(in.take(MAGIC.length), MAGIC) || in.u8() != VERSION) {
            throw Refusal.record();
        }
        return in.count();
    }

    private static byte[] associated(byte[] header, SealContext context) {
        Fields associated = new Fields().raw(header);
        context.writeTo(associated);
        return associated.toBytes();
    }
}
