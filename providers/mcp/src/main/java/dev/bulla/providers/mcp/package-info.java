/** MCP servers as services that members connect. */
@NullMarked
package dev.bulla.providers.mcp;

import org.jspecify.annotations.NullMarked;
