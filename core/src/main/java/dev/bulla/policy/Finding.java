package dev.bulla.policy;

import dev.bulla.tool.ToolSet;
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
        RESOURCE_UNKNOWN
    }

    /**
     * What there is to say of policies that count together.
     *
     * @param tools of their connection
     */
    public static List<Finding> in(List<Policy> policies, ToolSet tools) {
        return new Lint(policies, tools).findings();
    }
}
