/** An MCP server over Streamable HTTP, as a handler that every adapter carries. */
@NullMarked
package dev.bulla.integrations.mcp;

import org.jspecify.annotations.NullMarked;
