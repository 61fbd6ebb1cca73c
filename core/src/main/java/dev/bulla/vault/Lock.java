package dev.bulla.vault;

import dev.bulla.seal.MemberPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * What a member's records are sealed to at this moment, as read and verified. A write under it is committed only while the member's
 * key number is still the same.
 *
 * @param memberKeyNo the number in the member's row, which a sealing transaction compares
 * @param key the active key, or null where the member has none and records are sealed to the host
 */
public record Lock(int memberKeyNo, @Nullable MemberPublicKey key) {
    /** Number of the key that records under this lock carry; 0 for the host. */
    public int keyNo() {
        return key == null ? 0 : memberKeyNo;
    }
}
