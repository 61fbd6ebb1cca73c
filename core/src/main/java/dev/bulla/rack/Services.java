package dev.bulla.rack;

import dev.bulla.store.ConnectionRow;
import dev.bulla.tool.ToolName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the connections of a tenant are called in the names of tools. Immutable. */
public final class Services {
    private static final int FIRST_CUT = 4;

    private final Map<String, ConnectionRow> byName = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    private Services(List<ConnectionRow> connections) {
        connections.stream()
                .sorted(Comparator.comparingLong(ConnectionRow::createdAt).thenComparing(ConnectionRow::id))
                .forEach(row -> {
                    String name = name(row);
                    byName.put(name, row);
                    names.put(row.id(), name);
                });
    }

    /** @param connections all of a tenant, switched on or not: of two whose names come to the same, the later gets an ending */
    public static Services of(List<ConnectionRow> connections) {
        return new Services(connections);
    }

    private String name(ConnectionRow row) {
        String slug = ToolName.slug(row.name());
        String ending = row.id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String name = slug;
        for (int cut = FIRST_CUT; byName.containsKey(name); cut++) {
            name = slug + "-" + ending.substring(0, Math.min(cut, ending.length()))
                    + "x".repeat(Math.max(0, cut - ending.length()));
        }
        return name;
    }

    public Optional<ConnectionRow> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public String nameOf(ConnectionRow row) {
        return names.getOrDefault(row.id(), ToolName.slug(row.name()));
    }

    /** The oldest first. */
    public List<ConnectionRow> all() {
        return List.copyOf(byName.values());
    }
}
