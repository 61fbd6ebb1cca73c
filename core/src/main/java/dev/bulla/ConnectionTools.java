package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.rack.Rack;
import dev.bulla.store.ConnectionRow;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolOrigin;
import java.util.List;
import java.util.Set;

/**
 * The tools of one connection, for its owner. A change counts at the very next call of anybody, on every node. Whether a member may use
 * a tool is for policies. Thread-safe.
 */
public final class ConnectionTools {
    private final Wiring wiring;
    private final String tenant;
    private final String connection;
    private final String by;

    ConnectionTools(Wiring wiring, String tenant, String connection, String by) {
        this.by = by;
        this.wiring = wiring;
        this.tenant = tenant;
        this.connection = connection;
    }

    /**
     * A tool of a connection.
     *
     * @param origin who says that there is such a tool
     * @param offered whether it is on the connection's list, or there is none
     */
    public record Listed(Tool tool, ToolOrigin origin, boolean offered) {}

    /** All tools, offered or not: the provider's, the host's, and the owner's. */
    public List<Listed> list() {
        return Guarded.call(() -> {
            Rack rack = wiring.rackKeeper().rack(tenant, connection);
            return rack.tools().tools().stream()
                    .map(tool -> new Listed(tool, rack.originOf(tool), rack.offers(tool)))
                    .toList();
        });
    }

    /**
     * Adds a tool of the owner's, or replaces the one of that name.
     *
     * @param json as {@link Tool#json} reads it; nothing in it is secret
     * @throws BullaException {@code INVALID_SETTING} with the place that is not as it must be; where a tool of that name is there that is
     *     not the owner's, too
     */
    public Tool add(String json) {
        return Guarded.call(() -> {
            ConnectionRow row = row();
            Tool added = wiring.rackKeeper().add(tenant, connection, json);
            wiring.notices().toolsChanged(row, "added", by);
            return added;
        });
    }

    /**
     * Removes a tool of the owner's.
     *
     * @throws BullaException {@code TOOL_UNKNOWN} where the owner has added none of that name
     */
    public void remove(String tool) {
        Guarded.run(() -> {
            ConnectionRow row = row();
            wiring.rackKeeper().remove(tenant, connection, tool);
            wiring.notices().toolsChanged(row, "removed", by);
        });
    }

    /**
     * From now on these are offered and no others; an empty set: all are. A tool that is not offered is not listed, and is not called by
     * its name; what else may be called is for policies.
     *
     * @throws BullaException {@code TOOL_UNKNOWN} where one is not there
     */
    public void offer(Set<String> tools) {
        Guarded.run(() -> {
            ConnectionRow row = row();
            wiring.rackKeeper().offer(tenant, connection, tools);
            wiring.notices().toolsChanged(row, "offered", by);
        });
    }

    /** Read before the write, so that nothing can fail between write and news. */
    private ConnectionRow row() {
        return wiring.connections().require(tenant, connection);
    }
}
