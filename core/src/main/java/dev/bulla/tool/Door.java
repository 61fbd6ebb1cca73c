package dev.bulla.tool;

/** The way of a tool's code to the service: calls on the same connection, with the same member's credential. */
public interface Door {
    /**
     * Calls the service. The call is judged as every other: by its own path, not by the tool's name.
     *
     * @throws dev.bulla.error.BullaException where it is refused, or the service is not reached
     */
    ToolResult call(ToolRequest request);
}
