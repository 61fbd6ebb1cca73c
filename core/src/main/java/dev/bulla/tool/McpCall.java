package dev.bulla.tool;

/**
 * How a tool of an upstream MCP server is called.
 *
 * @param name its name there
 * @param version revision of the protocol that the server speaks, such as {@code 2026-07-28}
 */
public record McpCall(String name, String version) {}
