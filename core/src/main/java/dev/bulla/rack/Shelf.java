package dev.bulla.rack;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.ToolRow;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.util.Optional;
import java.util.stream.Stream;

/** What a row of the tool table is for. */
enum Shelf {
    /** A tool of the owner. */
    OWNER,
    /** A tool of an MCP server. */
    UPSTREAM,
    /** There is a list of what is offered, be it empty. */
    LIST,
    /** The name of a tool that is offered. */
    LISTED;

    private static final String THE_LIST = "offered";

    static Optional<Shelf> of(ToolRow row) {
        return Stream.of(values())
                .filter(shelf -> shelf.name().equals(row.purpose()))
                .findFirst();
    }

    boolean holds(ToolRow row) {
        return name().equals(row.purpose());
    }

    ToolRow row(ConnectionRow connection, String name) {
        return new ToolRow(connection.tenant(), connection.id(), name(), name, null);
    }

    static ToolRow list(ConnectionRow connection) {
        return LIST.row(connection, THE_LIST);
    }

    ToolRow row(ConnectionRow connection, Tool tool) {
        return new ToolRow(connection.tenant(), connection.id(), name(), tool.name(), tool.toJson());
    }

    /** Empty where the row no longer says one that fits the service: such a tool is not there. */
    Optional<Tool> tool(ToolRow row, ToolSet known) {
        try {
            Tool tool = Tool.json(row.body() == null ? "" : row.body());
            return known.fits(tool) && tool.name().equals(row.name()) ? Optional.of(tool) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
