package dev.bulla.store;

import java.util.List;
import java.util.Optional;

/**
 * Policies of connections, version by version. They are written first by {@link ConnectionStore}, together with the write that completes a
 * connection, and deleted with it. See {@link Store} for the rules of every verb.
 */
public interface PolicyStore {
    /**
     * What counts now, and its number, read at one moment: no write lies between them.
     *
     * @return empty where there is no such connection
     */
    Optional<Rules> rules(String tenant, String connectionId);

    /**
     * The rules of a connection.
     *
     * @param rulesNo counts every change of policies and tools of the connection
     * @param policies the last version of each policy that is not deleted, by id
     */
    record Rules(long rulesNo, List<PolicyRow> policies) {
        public Rules {
            policies = List.copyOf(policies);
        }
    }

    /** Every version of a policy, the newest first; the first may be its deletion. */
    List<PolicyRow> versions(String tenant, String connectionId, String id);

    /**
     * The versions of all policies of a connection, the newest first.
     *
     * @param limit how many at most
     */
    List<PolicyRow> history(String tenant, String connectionId, int limit);

    /**
     * Adds a version, where the number of the connection's rules is still {@code rulesNo}; that then becomes one more, and is the number of
     * the version, whatever the row says.
     *
     * @return MOVED where another change came first, or the connection is gone
     */
    Write put(PolicyRow row, long rulesNo);
}
