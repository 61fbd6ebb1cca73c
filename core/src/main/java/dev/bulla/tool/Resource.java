package dev.bulla.tool;

/**
 * A thing at a service that calls touch.
 *
 * @param kind name of its kind, such as {@code repository}
 * @param id in the canonical form of its kind, such as {@code octo/hello}
 */
public record Resource(String kind, String id) {}
