package dev.bulla.tool;

/**
 * A tool that a member can use now.
 *
 * @param name the name under which it is called, {@code service__tool}
 * @param connection name of its connection
 */
public record ToolEntry(String name, String connection, Tool tool) {}
