package dev.bulla.store;

import java.util.List;
import java.util.Set;

/**
 * What maintenance needs across tenants. It answers references and numbers, never rows: whoever wants a row asks for it with its
 * tenant.
 */
public interface UpkeepStore {
    /** Accounts that are host-sealed and due, on connections that are enabled and complete, soonest first, at most {@code limit}. */
    List<AccountRef> due(int limit);

    /** Where an account is to be found. */
    record AccountRef(String tenant, String id) {}

    /**
     * How many accounts of all tenants hold sealed bytes under this app registration and subject, but for one: an app of the host's own
     * serves many tenants, and one person may be a member of several.
     */
    int sharing(String appId, String subject, String exceptAccountId);

    /** Numbers of the host terms that lock at least one record, of whatever table, or made the MAC of at least one key. */
    Set<Integer> hostTermsInUse();

    /** Deletes flows that ended longer than {@code millis} ago, at most {@code limit}; answers how many. */
    int purgeFlows(long millis, int limit);
}
