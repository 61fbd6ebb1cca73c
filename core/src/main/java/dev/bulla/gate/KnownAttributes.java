package dev.bulla.gate;

import dev.bulla.entity.EntityKeeper;
import dev.bulla.policy.ResourceAttributes;
import dev.bulla.tool.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is kept of resources, read once a call at most, and only where a policy asks. Thread-safe. */
public final class KnownAttributes {
    private final EntityKeeper entities;

    public KnownAttributes(EntityKeeper entities) {
        this.entities = entities;
    }

    /** For one call; used by its thread alone. */
    public ResourceAttributes of(Passage passage) {
        Map<Resource, Map<String, Set<String>>> read = new HashMap<>();
        return (resource, name) -> Optional.ofNullable(
                read.computeIfAbsent(resource, one -> read(passage, one)).get(name));
    }

    private Map<String, Set<String>> read(Passage passage, Resource resource) {
        Map<String, Set<String>> known = entities.attributes(
                passage.caller().tenant(), passage.seen().connection().id(), resource.kind(), resource.id());
        passage.knows(known);
        return known;
    }
}
