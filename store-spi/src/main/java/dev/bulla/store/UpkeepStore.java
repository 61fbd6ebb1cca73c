package dev.bulla.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What maintenance needs across tenants. It answers references, states and numbers, never rows: whoever wants a row asks for it with
 * its tenant.
 */
public interface UpkeepStore {
    /**
     * How old a change of an account is when {@link #changes} tells it: longer than a write may take to become visible. A store gives
     * a write up that is not about to be committed after a third of this.
     */
    long SETTLING_MILLIS = 30_000;

    /**
     * Accounts of all tenants that changed after a point, as they are now, by time of change and then id, at most {@code limit}. Changes
     * that are younger than {@link #SETTLING_MILLIS} are left for later: one with an earlier time may yet become visible.
     *
     * @param afterMillis the point: time of the last change that is known
     * @param afterId id of the account that it was about; the empty string is before all
     */
    List<Change> changes(long afterMillis, String afterId, int limit);

    /**
     * An account as it is, without what is sealed.
     *
     * @param connection name of the connection
     * @param changedAt when it last changed
     */
    record Change(
            String tenant,
            String id,
            String member,
            String connectionId,
            String connection,
            String provider,
            String label,
            String status,
            @Nullable String reason,
            long changedAt) {}

    /**
     * Accounts that are host-sealed and due, on connections that are enabled and complete, soonest first, at most {@code limit}.
     * Asked again and again, it costs what is due: neither what is stored, nor what is due on connections that are off. To that end it
     * may keep notes in columns of its own, which are no change of a row.
     *
     * @param aheadMillis also those that will be due within this time; 0 for what is due now
     */
    List<AccountRef> due(long aheadMillis, int limit);

    /** Where an account is to be found, and on what it hangs. */
    record AccountRef(String tenant, String id, String connectionId, String provider) {}

    /**
     * Accounts whose refresh-by date is to be looked at, soonest first, at most {@code limit}; it costs what is to be looked at. The
     * time of the look is no column of a row that is read: the store sets it, with each insert, replacement and stored answer, to two
     * thirds of the time from then to {@code refreshBy} (null where that is null). It leaves it alone where an answer keeps the status and
     * moves the date by no more than a tenth of the time that is left: that is the same date, said again. Clearing an account takes it
     * away.
     */
    List<Look> looks(int limit);

    /** A look that is due. */
    record Look(String tenant, String id, long at) {}

    /**
     * Moves a look, or ends looking for this date, where nothing has moved it meanwhile; that is no change of the row.
     *
     * @param at when to look again, or null for not again
     * @return false where somebody else was quicker. There is no attempt id: repeated after it was done, it answers false
     */
    boolean lookAgain(Look seen, @Nullable Long at);

    /**
     * How many accounts of all tenants hold sealed bytes under this app registration and subject, but for one: an app of the host's own
     * serves many tenants, and one person may be a member of several.
     */
    int sharing(String appId, String subject, String exceptAccountId);

    /** Numbers of the host terms that lock at least one record, of whatever table, or made the MAC of at least one key. */
    Set<Integer> hostTermsInUse();

    /** Deletes flows that ended longer than {@code millis} ago, at most {@code limit}; answers how many. */
    int purgeFlows(long millis, int limit);

    /** Deletes grants that ended longer than {@code millis} ago, at most {@code limit}; answers how many. */
    int purgeGrants(long millis, int limit);

    /** Deletes buckets that are full, at most {@code limit}; answers how many. */
    int purgeBuckets(int limit);

    /** Deletes rows of the audit whose ids are before this one, the oldest first, at most {@code limit}; answers how many. */
    int purgeAudit(String before, int limit);

    /** Whose address of webhooks this is. */
    Optional<WebhookRef> webhook(String id);

    /**
     * Where the row of an address is to be found.
     *
     * @param now database time
     */
    record WebhookRef(String tenant, String connectionId, long now) {}

    /** Forgets deliveries of webhooks whose time is over, at most {@code limit}; answers how many. */
    int purgeWebhooks(int limit);
}
