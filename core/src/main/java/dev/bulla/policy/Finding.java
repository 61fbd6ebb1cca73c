package dev.bulla.policy;

import java.time.Instant;
import java.util.List;

/**
 * Something about policies that is allowed, but looks as if it did not do what its author wanted.
 *
 * @param kind what it is
 * @param policy name of the policy that it is about; empty for all of them
 * @param message for people
 */
public record Finding(Kind kind, String policy, String message) {
    /** What can be found. */
    public enum Kind {
        /** No permit is enabled, so everything is denied. */
        NOTHING_PERMITTED,
        /** A permit for some time meets a forbid for all time, which it can not lift: the time belongs on the forbid. */
        WINDOW_CANNOT_LIFT,
        /** A forbid covers all of a permit. */
        PERMIT_NEVER_APPLIES,
        /** Another permit covers all of a permit. */
        PERMIT_NOT_NEEDED,
        /** What is forbidden is permitted by nothing. */
        FORBID_WITHOUT_EFFECT,
        /** A tool is named that is no longer there. */
        TOOL_UNKNOWN,
        /** A kind of resource is named that is no longer there. */
        RESOURCE_UNKNOWN,
        /** An attribute is asked for of which nothing is known any more: a permit never applies, a forbid always. */
        ATTRIBUTE_UNKNOWN,
        /** The last day is over, so the policy will never apply again. */
        WINDOW_OVER
    }

    /**
     * What there is to say of policies that count together.
     *
     * @param words of their connection
     * @param now the present time
     */
    public static List<Finding> in(List<Policy> policies, Vocabulary words, Instant now) {
        return new Lint(policies, words, now).findings();
    }
}
