package dev.bulla.rack;

import dev.bulla.connection.Registrations;
import dev.bulla.provider.Provider;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.ToolRow;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolOrigin;
import dev.bulla.tool.ToolSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the tools of connections together. Thread-safe. */
public final class Racks {
    private final Store store;
    private final Registrations registrations;
    private final Map<String, Set<String>> hosts;

    /** @param hosts names of the tools that the host has added, by provider */
    public Racks(Store store, Registrations registrations, Map<String, Set<String>> hosts) {
        this.store = store;
        this.registrations = registrations;
        this.hosts = Map.copyOf(hosts);
    }

    /**
     * The tools of a connection as they stand in the store.
     *
     * @param rulesNo the number of changes that a read has just seen; where it is 0, nothing stands there
     */
    public Rack of(ConnectionRow connection, long rulesNo) {
        List<ToolRow> rows =
                rulesNo == 0 ? List.of() : store.tools().ofConnection(connection.tenant(), connection.id());
        return of(connection, rows);
    }

    /** What can be known of the resources of a connection's service, by kind. */
    public Map<String, Set<String>> attributes(ConnectionRow connection) {
        Map<String, Set<String>> attributes = new LinkedHashMap<>();
        registrations
                .find(connection)
                .map(Provider::entities)
                .orElse(List.of())
                .forEach(source -> attributes
                        .computeIfAbsent(source.kind(), kind -> new LinkedHashSet<>())
                        .addAll(source.attributes().keySet()));
        return attributes;
    }

    /** Where one of the owner's has got the name of a newer one of the provider, the owner's stays: it was meant by that name. */
    Rack of(ConnectionRow connection, List<ToolRow> rows) {
        Optional<Provider> provider = registrations.find(connection);
        ToolSet known = provider.map(Provider::tools).orElse(ToolSet.NONE);
        Set<String> ofHost = hosts.getOrDefault(connection.provider(), Set.of());
        Map<String, ToolOrigin> origins = new LinkedHashMap<>();
        known.tools()
                .forEach(tool ->
                        origins.put(tool.name(), ofHost.contains(tool.name()) ? ToolOrigin.HOST : ToolOrigin.PROVIDER));
        List<Tool> owners = new ArrayList<>();
        Set<String> listed = new LinkedHashSet<>();
        boolean all = true;
        for (ToolRow row : rows) {
            Shelf shelf = Shelf.of(row).orElse(Shelf.LIST); // what is not understood opens nothing
            switch (shelf) {
                case LIST -> all = false;
                case LISTED -> listed.add(row.name());
                case OWNER, UPSTREAM ->
                    shelf.tool(row, known).ifPresent(tool -> {
                        owners.add(tool);
                        origins.put(tool.name(), shelf == Shelf.OWNER ? ToolOrigin.OWNER : ToolOrigin.UPSTREAM);
                    });
            }
        }
        return new Rack(known.replacing(owners), origins, all ? null : listed);
    }
}
