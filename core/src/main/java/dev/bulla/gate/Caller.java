package dev.bulla.gate;

import dev.bulla.model.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: one open session of one member. Thread-safe.
 *
 * @param keyNo number of the member's key with which it was opened; 0 for a session of the host's own
 * @param grant what the session is narrowed to, or null where it is the member's own
 * @param talk what audits and policies take for the session
 */
public record Caller(
        String tenant,
        String member,
        Origin origin,
        int keyNo,
        @Nullable GrantPass grant,
        Talk talk) {
    /** The empty string where it is the member's own. */
    public String grantId() {
        return grant == null ? "" : grant.id();
    }

    /** What limits count together: a key, with the grants that were made from it. The empty string for a session of the host's own. */
    String key() {
        return keyNo == 0 ? "" : Integer.toString(keyNo);
    }
}
