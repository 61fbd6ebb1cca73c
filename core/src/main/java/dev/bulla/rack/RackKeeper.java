package dev.bulla.rack;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.ToolRow;
import dev.bulla.store.Write;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what owners say of the tools of their connections. Thread-safe. */
public final class RackKeeper {
    private static final int MOST = 500;
    private static final int ROUNDS = 10;

    private final Store store;
    private final ConnectionKeeper connections;
    private final Racks racks;

    public RackKeeper(Store store, ConnectionKeeper connections, Racks racks) {
        this.store = store;
        this.connections = connections;
        this.racks = racks;
    }

    public Rack rack(String tenant, String name) {
        ConnectionRow connection = connections.require(tenant, name);
        return racks.of(connection, connection.rulesNo());
    }

    /** Adds a tool, or replaces the owner's of that name. */
    public Tool add(String tenant, String name, String json) {
        Tool tool = read(json);
        change(tenant, name, (connection, rows) -> {
            Rack others = racks.of(
                    connection,
                    rows.stream().filter(row -> !isOwners(row, tool.name())).toList());
            if (others.tools().tool(tool.name()).isPresent()) {
                throw refused("there is a tool of this name already: " + tool.name());
            }
            if (!others.tools().fits(tool)) {
                throw refused("tool " + tool.name() + ": there is no such kind of resource at this service");
            }
            List<ToolRow> more = without(rows, row -> isOwners(row, tool.name()));
            if (more.stream().filter(Shelf.OWNER::holds).count() >= MOST) {
                throw refused("an owner adds at most " + MOST + " tools to a connection");
            }
            more.add(Shelf.OWNER.row(connection, tool));
            return more;
        });
        return tool;
    }

    private static Tool read(String json) {
        try {
            return Tool.json(json);
        } catch (IllegalArgumentException e) { // its text names places, and quotes what the owner wrote
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    /** Removes a tool of the owner, and its name from the list; a list stays one, even an empty one. */
    public void remove(String tenant, String name, String tool) {
        change(tenant, name, (connection, rows) -> {
            if (rows.stream().noneMatch(row -> isOwners(row, tool))) {
                throw unknown(tool);
            }
            return without(
                    rows,
                    row -> isOwners(row, tool)
                            || Shelf.LISTED.holds(row) && row.name().equals(tool));
        });
    }

    /** These are offered from now on, and no others. */
    public void offer(String tenant, String name, Collection<String> tools) {
        change(tenant, name, (connection, rows) -> {
            ToolSet known = racks.of(connection, rows).tools();
            List<ToolRow> more = without(rows, RackKeeper::isOfList);
            more.add(Shelf.list(connection));
            tools.stream().distinct().forEach(tool -> {
                if (known.tool(tool).isEmpty()) {
                    throw unknown(tool);
                }
                more.add(Shelf.LISTED.row(connection, tool));
            });
            return more;
        });
    }

    /** All are offered from now on. */
    public void offerAll(String tenant, String name) {
        change(tenant, name, (connection, rows) -> without(rows, RackKeeper::isOfList));
    }

    private static boolean isOfList(ToolRow row) {
        return Shelf.LIST.holds(row) || Shelf.LISTED.holds(row);
    }

    /** Replaces all that came of an MCP server; answers what is kept, which is what has a name of its own. */
    public List<Tool> replaceImported(String tenant, String name, ToolSet imported) {
        List<Tool> kept = new ArrayList<>();
        change(tenant, name, (connection, rows) -> {
            List<ToolRow> more = without(rows, Shelf.UPSTREAM::holds);
            ToolSet others = racks.of(connection, more).tools();
            kept.clear();
            imported.tools().stream()
                    .filter(tool -> others.tool(tool.name()).isEmpty())
                    .forEach(kept::add);
            kept.forEach(tool -> more.add(Shelf.UPSTREAM.row(connection, tool)));
            return more;
        });
        return List.copyOf(kept);
    }

    private static boolean isOwners(ToolRow row, String tool) {
        return Shelf.OWNER.holds(row) && row.name().equals(tool);
    }

    private static List<ToolRow> without(List<ToolRow> rows, Predicate<ToolRow> which) {
        return new ArrayList<>(rows.stream().filter(which.negate()).toList());
    }

    private interface Change {
        List<ToolRow> of(ConnectionRow connection, List<ToolRow> rows);
    }

    private void change(String tenant, String name, Change change) {
        for (int round = 0; round < ROUNDS; round++) {
            ConnectionRow connection = connections.require(tenant, name);
            List<ToolRow> rows = store.tools().ofConnection(tenant, connection.id());
            List<ToolRow> wanted = change.of(connection, rows);
            if (wanted.equals(rows)
                    || store.tools().replace(tenant, connection.id(), connection.rulesNo(), wanted) == Write.DONE) {
                return;
            }
        }
        throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the connection is being changed by many at once");
    }

    private static BullaException refused(String message) {
        return new BullaException(ErrorCode.INVALID_SETTING, message);
    }

    private static BullaException unknown(String tool) {
        return new BullaException(ErrorCode.TOOL_UNKNOWN, "the connection has no tool '" + tool + "' of that kind");
    }
}
