package dev.bulla.rack;

import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolOrigin;
import dev.bulla.tool.ToolSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one connection. Immutable.
 *
 * @param tools all of them, offered or not, with what is known of the service's paths
 * @param origins whose they are, by name
 * @param listed names of those that are offered; null: there is no list, and all are
 */
public record Rack(
        ToolSet tools,
        Map<String, ToolOrigin> origins,
        @Nullable Set<String> listed) {
    public Rack {
        origins = Map.copyOf(origins);
        listed = listed == null ? null : Set.copyOf(listed);
    }

    public ToolOrigin originOf(Tool tool) {
        return origins.getOrDefault(tool.name(), ToolOrigin.PROVIDER);
    }

    public boolean offers(Tool tool) {
        return listed == null || listed.contains(tool.name());
    }

    public boolean offersAll() {
        return listed == null;
    }
}
