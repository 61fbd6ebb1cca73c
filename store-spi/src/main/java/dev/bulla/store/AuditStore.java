package dev.bulla.store;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit: rows that are written once, read, and deleted when they are old. See {@link Store} for the rules of every verb. */
public interface AuditStore {
    /** How many rows {@link #insert} takes at once. */
    int BATCH = 500;

    /** Inserts all of them, at most {@value #BATCH}, or none. Rows whose ids are there already are passed over. */
    void insert(Collection<AuditRow> rows);

    /** Rows of a tenant, by id. */
    List<AuditRow> find(String tenant, Search search);

    /**
     * Which rows. Empty texts and nulls ask for everything.
     *
     * @param from the first id, inclusive
     * @param until the last id, exclusive
     * @param newestFirst the order
     * @param tool a part of the tool, in lower case; the column is compared in lower case
     * @param connection exactly
     * @param member exactly
     * @param policy one id, exactly
     * @param session id of a session, exactly
     * @param grant id of a grant, exactly
     * @param limit how many at most
     * @param offset how many are left out before them
     */
    record Search(
            String from,
            String until,
            boolean newestFirst,
            String tool,
            String connection,
            String member,
            String policy,
            String session,
            String grant,
            @Nullable Boolean allowed,
            @Nullable Boolean use,
            int limit,
            int offset) {}
}
