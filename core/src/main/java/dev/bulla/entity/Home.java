package dev.bulla.entity;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.Provider;
import java.util.List;

/**
 * Where things are at home: a tenant's connection, and what its provider says of them.
 *
 * @param provider says which kinds there are
 */
public record Home(String tenant, String connectionId, Provider provider) {
    /** The id as it is compared; empty where it is no id of the kind. */
    String canonical(String kind, String id) {
        return provider.tools().kind(kind).flatMap(known -> known.canonical(id)).orElse("");
    }

    List<EntitySource> sources(String kind) {
        return provider.entities().stream()
                .filter(source -> source.kind().equals(kind))
                .toList();
    }
}
