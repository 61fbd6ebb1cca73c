package dev.bulla.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grants of members. They go with their member, and with the key that they were made with: {@link MemberStore#update} deletes those of
 * another number than that of the member's active key. See {@link Store} for the rules of every verb.
 */
public interface GrantStore {
    /**
     * Inserts a grant, where the active key of its member is the one of its number. Again for the same grant it is done again.
     *
     * @param row its {@code createdAt} is set by the store
     * @return {@code KEY_MOVED} where the member has another key now, or none, or is gone
     */
    Write insert(GrantRow row);

    /** A grant, whether or not its time is over. */
    Optional<GrantRow> find(String tenant, String id);

    /** What every use of a grant looks at; empty where the grant is gone, or its member's active key is another. */
    Optional<Glance> glance(String tenant, String id);

    /**
     * @param expiresAt database epoch milliseconds
     * @param lastUsedAt as it is noted, or null
     * @param now the time of the database
     */
    record Glance(long expiresAt, @Nullable Long lastUsedAt, long now) {}

    /** A member's grants, those included whose time is over, by creation and then id. */
    List<GrantRow> ofMember(String tenant, String member);

    /** Notes a use, now. Where the grant is gone, nothing happens. */
    void used(String tenant, String id);

    /** Deletes a grant of this member; false where there is none of this id. */
    boolean remove(String tenant, String member, String id);
}
