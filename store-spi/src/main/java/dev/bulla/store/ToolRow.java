package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * One row of the tool table: a tool that the owner of a connection has added, or the name of one on the connection's list.
 *
 * @param tenant the tenant that owns the connection
 * @param connectionId the connection
 * @param purpose what the row is for; opaque to the store
 * @param name name of the tool
 * @param body the tool as JSON; never a secret. Null where the row is a name alone
 */
public record ToolRow(
        String tenant,
        String connectionId,
        String purpose,
        String name,
        @Nullable String body) {}
