package dev.bulla.policy;

import dev.bulla.tool.Resource;
import java.util.Optional;
import java.util.Set;

/** What is known of resources. Asked only where a policy has a condition on an attribute; must be thread-safe, and quick. */
@FunctionalInterface
public interface ResourceAttributes {
    /**
     * The values that a resource has for an attribute: one for most, any number for such as labels. The empty set says that it surely
     * has none.
     *
     * @return empty where it is not known
     */
    Optional<Set<String>> values(Resource resource, String attribute);

    /** Nothing is known of anything. */
    static ResourceAttributes unknown() {
        return (resource, attribute) -> Optional.empty();
    }
}
