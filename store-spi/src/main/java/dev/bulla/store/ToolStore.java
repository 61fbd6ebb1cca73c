package dev.bulla.store;

import java.util.List;

/** What owners say of the tools of their connections. See {@link Store} for the rules of every verb. */
public interface ToolStore {
    /** All rows of a connection, by purpose and name. */
    List<ToolRow> ofConnection(String tenant, String connectionId);

    /**
     * Replaces all rows of a connection, where its {@code rulesNo} is still this one, which then becomes one more.
     *
     * @param rows those of the connection from now on; each pair of purpose and name once
     * @return MOVED also where the connection is gone; nothing was changed
     * @throws IllegalArgumentException where a row is of another connection
     */
    Write replace(String tenant, String connectionId, long rulesNo, List<ToolRow> rows);
}
