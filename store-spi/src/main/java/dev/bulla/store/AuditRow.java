package dev.bulla.store;

/**
 * One row of the audit table: what is asked for stands in columns, and everything else in one text.
 *
 * @param id unique; sorts by time, byte by byte
 * @param madeAt epoch milliseconds, set by the library: it is when something was decided, not when it was written
 * @param tenant the tenant
 * @param member the member, or the empty text
 * @param connection name of the connection, or the empty text
 * @param tool name of the tool, or the empty text
 * @param session id of the session, or the empty text
 * @param grant id of the grant, or the empty text
 * @param action what it is about; opaque to the store
 * @param use whether a credential was used, and not changed
 * @param allowed whether it was let through
 * @param policies ids of policies, each after a bar, and a bar at the end; or the empty text
 * @param details JSON; opaque to the store
 */
public record AuditRow(
        String id,
        long madeAt,
        String tenant,
        String member,
        String connection,
        String tool,
        String session,
        String grant,
        String action,
        boolean use,
        boolean allowed,
        String policies,
        String details) {}
