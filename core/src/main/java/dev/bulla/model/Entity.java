package dev.bulla.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one thing at a service: a repository, a channel, a folder. A name and attributes, never contents.
 *
 * @param kind what it is: {@code repository}
 * @param id at the service, as policies write it
 * @param name what a person reads
 * @param attributes facts by name, each a set of texts: {@code visibility} is {@code private}, {@code archived} is {@code false}, {@code
 *     topics} may be several. Empty where none is known
 * @param seenAt when the service told so
 */
public record Entity(String kind, String id, String name, Map<String, Set<String>> attributes, Instant seenAt) {
    public Entity {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        attributes.forEach((key, values) -> copy.put(key, Set.copyOf(values)));
        attributes = Collections.unmodifiableMap(copy);
    }
}
