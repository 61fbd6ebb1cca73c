package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.Grant;
import dev.bulla.rack.Services;
import dev.bulla.store.ConnectionRow;
import dev.bulla.tool.ToolName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What a grant is narrowed to: connections by their ids and tools by their names there, so that no other connection that comes to bear
 * the name of a former one is meant. The names that people saw when the grant was made are kept beside them. Immutable.
 */
public final class GrantScope {
    /** By id and tool; empty: all. */
    private final Map<String, String> tools;
    /** By id; empty: all. */
    private final Map<String, String> connections;

    private GrantScope(Map<String, String> tools, Map<String, String> connections) {
        this.tools = tools;
        this.connections = connections;
    }

    /**
     * What a grant means now.
     *
     * @param services the tenant's connections
     * @param has whether a connection has a tool
     * @throws BullaException {@code CONNECTION_UNKNOWN} or {@code TOOL_UNKNOWN} for a name that means nothing, {@code INVALID_ARGUMENT} for
     *     a tool of a connection that is not among the chosen ones
     */
    public static GrantScope of(Grant grant, Services services, BiPredicate<ConnectionRow, String> has) {
        Map<String, String> connections = new LinkedHashMap<>();
        for (String name : grant.connections()) {
            ConnectionRow row = services.all().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new BullaException(
                            ErrorCode.CONNECTION_UNKNOWN, "a grant was to be for a connection that is not there"));
            connections.put(row.id(), name);
        }
        Map<String, String> tools = new LinkedHashMap<>();
        for (String name : grant.tools()) {
            Optional<ToolName> tool = ToolName.parse(name);
            ConnectionRow row = tool.flatMap(one -> services.find(one.service()))
                    .filter(found -> has.test(found, tool.get().tool()))
                    .orElseThrow(() -> new BullaException(
                            ErrorCode.TOOL_UNKNOWN, "a grant was to be for a tool that is not there"));
            if (!connections.isEmpty() && !connections.containsKey(row.id())) {
                throw new BullaException(
                        ErrorCode.INVALID_ARGUMENT, "a grant was to be for a tool of none of its connections");
            }
            tools.put(key(row.id(), tool.get().tool()), name);
        }
        return new GrantScope(tools, connections);
    }

    /** As {@link #tools} and {@link #connections} wrote it. */
    public static GrantScope read(String tools, String connections) {
        Map<String, String> byTool = new LinkedHashMap<>();
        lines(tools)
                .forEach((name, id) -> byTool.put(
                        key(id, ToolName.parse(name).map(ToolName::tool).orElse("")), name));
        Map<String, String> byId = new LinkedHashMap<>();
        lines(connections).forEach((name, id) -> byId.put(id, name));
        return new GrantScope(byTool, byId);
    }

    private static Map<String, String> lines(String text) {
        Map<String, String> ids = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int blank = line.indexOf(' '); // none where somebody else wrote it: the seal tells
            ids.put(line.substring(blank + 1), line.substring(0, Math.max(0, blank)));
        });
        return ids;
    }

    private static String key(String connection, String tool) {
        return connection + " " + tool;
    }

    /** One a line: the connection's id, a blank, and the name that people saw. */
    public String tools() {
        return tools.entrySet().stream()
                .map(one -> key(one.getKey().substring(0, one.getKey().indexOf(' ')), one.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** The same of connections. */
    public String connections() {
        return connections.entrySet().stream()
                .map(one -> key(one.getKey(), one.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** As people saw them. */
    public Set<String> toolNames() {
        return Set.copyOf(tools.values());
    }

    /** As people saw them. */
    public Set<String> connectionNames() {
        return Set.copyOf(connections.values());
    }

    boolean isNarrowed() {
        return !tools.isEmpty() || !connections.isEmpty();
    }

    /** Whether tools were chosen: only what is called by their names is covered then. */
    boolean isOfTools() {
        return !tools.isEmpty();
    }

    boolean covers(String connection) {
        return (connections.isEmpty() || connections.containsKey(connection))
                && (tools.isEmpty() || tools.keySet().stream().anyMatch(tool -> tool.startsWith(connection + " ")));
    }

    boolean covers(String connection, String tool) {
        return (connections.isEmpty() || connections.containsKey(connection))
                && (tools.isEmpty() || tools.containsKey(key(connection, tool)));
    }

    @Override
    public String toString() {
        return "GrantScope[" + tools.size() + " tools, " + connections.size() + " connections]";
    }
}
