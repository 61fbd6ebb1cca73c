package dev.bulla.policy;

import dev.bulla.tool.Resource;
import dev.bulla.tool.Sight;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which resources a policy is about: those of a kind, of these ids, and with these attributes. Immutable.
 *
 * @param kind such as {@code repository} or {@code channel}
 * @param ids in the form of the kind; empty means all of the kind
 * @param attributes by name, such as {@code visibility}, the values of which a resource must have at least one; all of them must hold
 */
public record ResourceCondition(String kind, Set<String> ids, Map<String, Set<String>> attributes) {
    public ResourceCondition {
        ids = Collections.unmodifiableSet(new TreeSet<>(ids));
        Map<String, Set<String>> sorted = new TreeMap<>();
        attributes.forEach((name, values) -> sorted.put(name, Collections.unmodifiableSet(new TreeSet<>(values))));
        attributes = Collections.unmodifiableMap(sorted);
    }

    /** All resources of a kind. */
    public static ResourceCondition all(String kind) {
        return new ResourceCondition(kind, Set.of(), Map.of());
    }

    /** Chosen resources of a kind. */
    public static ResourceCondition of(String kind, String... ids) {
        return new ResourceCondition(kind, Set.of(ids), Map.of());
    }

    /** The same, where one of the resource's values for an attribute is one of these. */
    public ResourceCondition with(String attribute, String... values) {
        return with(attribute, Set.of(values));
    }

    /** The same, where one of the resource's values for an attribute is one of these. */
    public ResourceCondition with(String attribute, Collection<String> values) {
        Map<String, Set<String>> more = new LinkedHashMap<>(attributes);
        more.put(attribute, Set.copyOf(values));
        return new ResourceCondition(kind, ids, more);
    }

    Truth holds(Sight sight, ResourceAttributes known) {
        if (sight instanceof Sight.None) {
            return Truth.NO;
        }
        if (!(sight instanceof Sight.Known seen)) {
            return Truth.UNKNOWN;
        }
        Resource resource = seen.resource();
        Truth truth = Truth.of(resource.kind().equals(kind) && (ids.isEmpty() || ids.contains(resource.id())));
        for (Map.Entry<String, Set<String>> wanted : attributes.entrySet()) {
            if (truth == Truth.NO) {
                return truth;
            }
            Optional<Set<String>> values = known.values(resource, wanted.getKey());
            truth = truth.and(values.map(has -> Truth.of(!Collections.disjoint(has, wanted.getValue())))
                    .orElse(Truth.UNKNOWN));
        }
        return truth;
    }
}
