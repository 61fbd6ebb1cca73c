package dev.bulla.gate;

import dev.bulla.policy.PolicySet;
import dev.bulla.tool.ToolSet;
import java.util.Map;

/**
 * What may be called on a connection, as it was at one number of changes. Immutable.
 *
 * @param tools those of the provider, the host and the owner
 * @param sets the policies, by the name of their set
 */
public record Rules(ToolSet tools, Map<String, PolicySet> sets) {
    public Rules {
        sets = Map.copyOf(sets);
    }

    /** A set that is not there denies everything. */
    public PolicySet set(String name) {
        return sets.getOrDefault(name, PolicySet.empty());
    }
}
