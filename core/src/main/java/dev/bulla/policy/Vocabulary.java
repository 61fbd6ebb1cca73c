package dev.bulla.policy;

import dev.bulla.tool.ToolSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What policies of a connection can speak of.
 *
 * @param tools its tools, and the kinds of resources that they touch
 * @param attributes what can be known of resources, by kind; of a kind that is not there nothing ever is
 */
public record Vocabulary(ToolSet tools, Map<String, Set<String>> attributes) {
    public Vocabulary {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        attributes.forEach((kind, names) -> copy.put(kind, Set.copyOf(names)));
        attributes = Map.copyOf(copy);
    }

    /** Whether anything can be known of such an attribute. */
    boolean knows(String kind, String attribute) {
        return attributes.getOrDefault(kind, Set.of()).contains(attribute);
    }
}
