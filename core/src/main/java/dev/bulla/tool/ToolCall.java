package dev.bulla.tool;

import java.util.Optional;

/**
 * A tool with arguments that fit it.
 *
 * @param request what it sends; empty for a tool in Java and for one of an MCP server
 * @param match what it is to policies
 */
public record ToolCall(Tool tool, Arguments arguments, Optional<ToolRequest> request, Match match) {}
