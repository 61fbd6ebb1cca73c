package dev.bulla.policy;

import dev.bulla.tool.Sight;
import dev.bulla.tool.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * One call, as policies look at it. Immutable.
 *
 * @param member whose account is used
 * @param tool the tool's own name, without its service; {@link Policy#TOKEN} where a token is asked for; empty where it is none
 * @param toolUnclear whether it may be any tool: {@code tool} is empty then
 * @param tier what the call may do at most
 * @param resource what it touches
 * @param attributes what is known of that
 * @param at when
 * @param denialsInSession how many calls of the session were denied before
 */
public record Question(
        String member,
        Optional<String> tool,
        boolean toolUnclear,
        Tier tier,
        Sight resource,
        ResourceAttributes attributes,
        Instant at,
        int denialsInSession) {
    public Question {
        if (toolUnclear && tool.isPresent()) {
            throw new IllegalArgumentException("a tool that is unclear has no name");
        }
    }

    /** The hand-out of a member's token. */
    public static Question token(String member, Instant at, int denialsInSession) {
        return new Question(
                member,
                Optional.of(Policy.TOKEN),
                false,
                Tier.DESTRUCTIVE,
                Sight.unclear(),
                ResourceAttributes.unknown(),
                at,
                denialsInSession);
    }
}
