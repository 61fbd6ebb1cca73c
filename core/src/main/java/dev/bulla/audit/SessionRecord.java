package dev.bulla.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was done in one session: the calls of one bearer of a key or a grant that go together, by the name that the caller's program gave its
 * session, or where it gave none, by the caller's address. Half an hour without a call ends it. Put together from the audit's entries.
 * Immutable.
 *
 * @param id as entries say it
 * @param member whose it is
 * @param key number of the member's key, 0 without one
 * @param grant id of the grant, or the empty text
 * @param client the caller's own name for it
 * @param remote the caller's address, at last
 * @param began its first call
 * @param last its last call
 * @param tools how often each tool was called, denied calls included, by name
 * @param allowed how many calls were let through
 * @param denied how many were not
 * @param policies what each policy decided; empty for members
 * @param ended why it is over; empty while it may go on
 */
public record SessionRecord(
        String id,
        String member,
        int key,
        String grant,
        String client,
        String remote,
        Instant began,
        Instant last,
        Map<String, Integer> tools,
        int allowed,
        int denied,
        List<PolicyCount> policies,
        Optional<Ended> ended) {
    /** After which time without a call another one begins. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    public SessionRecord {
        tools = Map.copyOf(tools);
        policies = List.copyOf(policies);
    }

    /** Why a session is over. A node that was stopped leaves no word: its sessions end by inactivity. */
    public enum Ended {
        INACTIVITY,
        /** An owner ended it. */
        RESET
    }

    /**
     * What one policy decided in it.
     *
     * @param allowed how many calls it permitted
     * @param denied how many it had a part in denying
     */
    public record PolicyCount(String id, String name, int allowed, int denied) {}
}
