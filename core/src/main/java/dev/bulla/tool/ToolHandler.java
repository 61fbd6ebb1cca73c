package dev.bulla.tool;

/** A tool in Java. Thread-safe, if the tool is used by more than one. */
public interface ToolHandler {
    /** @param arguments checked against the tool's schema */
    ToolResult run(Arguments arguments, Door door);
}
