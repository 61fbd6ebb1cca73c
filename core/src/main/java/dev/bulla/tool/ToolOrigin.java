package dev.bulla.tool;

/** Who says that there is such a tool. */
public enum ToolOrigin {
    /** The provider. */
    PROVIDER,
    /** The host, for every connection of the provider. */
    HOST,
    /** The owner of the connection. */
    OWNER,
    /** An MCP server, whose list was taken over. */
    UPSTREAM
}
