package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.rack.Rack;
import dev.bulla.store.ConnectionRow;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolOrigin;
import dev.bulla.tool.ToolSet;
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
     * Asks the MCP server of the connection for its tools, with the account of this session's member, and keeps them with the connection in
     * place of those that were kept before: for everybody there, as policies say. So what one account is shown, descriptions included,
     * reaches every member's agent: it is the owner who takes it over, and no session does so by itself. What the server says of the
     * harmlessness of its tools is not believed: each counts as destructive. Servers are called without sessions, in the revision of
     * 2026-07-28 or, where they do not know it, an older one that they can be called in without a handshake; others are refused.
     *
     * @param session of a member of this tenant, with an account on the connection: mostly the owner's own
     * @return what is kept: what has the name of another tool of the connection is not
     * @throws BullaException {@code INVALID_ARGUMENT} where the connection is no MCP server, or the session of another tenant; {@code
     *     ANSWER_REFUSED} where the server is not understood, wants a session, or lists more than 1 MiB; otherwise as {@link Session#call}
     *     does
     */
    public List<Tool> importFrom(Session session) {
        return importFrom(session, "");
    }

    /** The same with one of several accounts on the connection. */
    public List<Tool> importFrom(Session session, String label) {
        ToolSet tools = session.upstreamTools(tenant, connection, label);
        return Guarded.call(() -> {
            ConnectionRow row = row();
            List<Tool> kept = wiring.rackKeeper().replaceImported(tenant, connection, tools);
            wiring.notices().toolsChanged(row, "imported", by);
            return kept;
        });
    }

    /**
     * From now on these are offered and no others; an empty set: none. A tool that is not offered is not listed, and is not called by its
     * name; what else may be called is for policies. A name stays on the list until another list is made, whatever becomes of the tool.
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

    /** From now on there is no list: all tools are offered, and so is what comes later. */
    public void offerAll() {
        Guarded.run(() -> {
            ConnectionRow row = row();
            wiring.rackKeeper().offerAll(tenant, connection);
            wiring.notices().toolsChanged(row, "offered", by);
        });
    }

    /** Whether all are offered, because there is no list. */
    public boolean offersAll() {
        return Guarded.call(() -> wiring.rackKeeper().rack(tenant, connection).offersAll());
    }

    /** Read before the write, so that nothing can fail between write and news. */
    private ConnectionRow row() {
        return wiring.connections().require(tenant, connection);
    }
}
