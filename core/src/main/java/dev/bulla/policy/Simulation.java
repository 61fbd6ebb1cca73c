package dev.bulla.policy;

import java.time.Instant;
import java.util.List;

/**
 * What other policies would have decided on calls of the past. Immutable.
 *
 * @param calls how many were decided again
 * @param before how many of them the policies of now allow
 * @param after how many of them the other ones would allow
 * @param changed how many would be decided otherwise
 * @param unmatched how many of them none of the other policies is about: they would be denied for want of a permit
 * @param skipped how many can not be decided again: they were refused before policies were asked, or not enough was written down
 * @param complete whether all entries of the time were looked at; if not, those after the first 100,000 were left out
 * @param rows the first 500 calls that would be decided otherwise, the oldest first
 */
public record Simulation(
        long calls,
        long before,
        long after,
        long changed,
        long unmatched,
        long skipped,
        boolean complete,
        List<Row> rows) {
    public Simulation {
        rows = List.copyOf(rows);
    }

    /**
     * One call.
     *
     * @param entry id of the audit's entry
     * @param at when
     * @param member whose account
     * @param tool name of the tool, with the service before it; empty where it is none
     * @param wasAllowed what was decided then
     * @param before what the policies of now say
     * @param after what the other ones say
     */
    public record Row(
            String entry,
            Instant at,
            String member,
            String tool,
            boolean wasAllowed,
            Decision before,
            Decision after) {}
}
