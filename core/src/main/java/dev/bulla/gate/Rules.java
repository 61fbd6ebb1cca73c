package dev.bulla.gate;

import dev.bulla.policy.PolicySet;
import dev.bulla.rack.Rack;
import dev.bulla.rule.PolicyRows;
import dev.bulla.tool.ToolSet;

/**
 * What may be called on a connection, as it was at one number of changes. Immutable.
 *
 * @param rack the tools of the provider, the host and the owner
 * @param policies in sets
 */
public record Rules(Rack rack, PolicyRows policies) {
    public ToolSet tools() {
        return rack.tools();
    }

    /** A set that is not there denies everything, and so does every set where a policy can not be read. */
    public PolicySet set(String name) {
        return policies.set(name);
    }
}
