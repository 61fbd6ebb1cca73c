package dev.bulla.vault;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.seal.MemberPair;
import java.util.Map;

/**
 * What a session can open: host-sealed records, and with a key those sealed to it or to the keys that it replaced. Immutable and
 * thread-safe; not serialisable; {@code toString} shows the key number only.
 */
public final class Opener {
    private static final Opener HOST = new Opener(0, Map.of());

    private final int keyNo;
    private final Map<Integer, MemberPair> pairs;

    Opener(int keyNo, Map<Integer, MemberPair> pairs) {
        this.keyNo = keyNo;
        this.pairs = Map.copyOf(pairs);
    }

    /** Opens host-sealed records only. */
    public static Opener host() {
        return HOST;
    }

    /** Number of the active key that was presented; 0 without one. */
    public int keyNo() {
        return keyNo;
    }

    MemberPair pair(int number) {
        MemberPair pair = pairs.get(number);
        if (pair == null) {
            throw keyNo == 0
                    ? new BullaException(ErrorCode.KEY_REQUIRED, "the account is sealed to the member's key")
                    : new BullaException(ErrorCode.KEY_WRONG, "the account is sealed to another key of the member");
        }
        return pair;
    }

    @Override
    public String toString() {
        return "Opener[key " + keyNo + "]";
    }
}
