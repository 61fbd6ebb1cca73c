package dev.bulla.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what is known of the things at a service.
 *
 * @param entities by name
 * @param next names the next page, or null for the last one
 */
public record EntityPage(List<Entity> entities, @Nullable String next) {
    public EntityPage {
        entities = List.copyOf(entities);
    }
}
