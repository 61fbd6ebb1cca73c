/**
 * Messages to the MCP servers that members have connected (Model Context Protocol, Streamable HTTP): one question, one answer, nothing kept
 * between two. Internal.
 */
@NullMarked
package dev.bulla.upstream;

import org.jspecify.annotations.NullMarked;
