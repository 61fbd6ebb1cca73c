package dev.bulla.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connected accounts. See {@link Store} for the rules of every verb.
 *
 * <p>Verbs that write sealed bytes take the key number that they were sealed under. In the same transaction they first bump the
 * member row where its key number is still that one, and answer {@link Write#KEY_MOVED} where it is not; so no record is ever left
 * sealed for a key that was replaced meanwhile. Where both the row and the key have moved, the answer is {@link Write#MOVED}.
 */
public interface AccountStore {
    Optional<AccountRow> find(String tenant, String id);

    Optional<AccountRow> find(String tenant, String member, String connectionId, String label);

    /** All accounts of a member, by creation. */
    List<AccountRow> ofMember(String tenant, String member);

    /** The highest number of a member key that an account of the member is sealed to; 0 where none is. */
    int newestKeyNo(String tenant, String member);

    /** All accounts of a connection, by creation. */
    List<AccountRow> ofConnection(String tenant, String connectionId);

    /** Accounts of the tenant with sealed bytes that share app registration and subject. */
    List<AccountRow> sharing(String tenant, String appId, String subject);

    /** The slim read of one call; empty where there is no such account or its connection is gone. */
    Optional<AccountGlance> glance(String tenant, String id);

    /**
     * Inserts an account. Its row version starts at 1, times of creation and change are set by the store.
     *
     * @param memberKeyNo the member's key number as read (a host-sealed record may be written only while it is still the same)
     * @return MOVED where the member has an account with this label on this connection, or the connection is gone
     */
    Write insert(AccountRow row, int memberKeyNo);

    /**
     * Replaces app, status, reason, identity, scopes, attributes, sealed bytes, key number and times where {@code seal_no} is still
     * {@code row.sealNo() - 1}; clears claim and intent whoever holds them. Last use and creation time stay. For the authoritative writer: a reconnect.
     */
    Write replace(AccountRow row, int memberKeyNo);

    /**
     * Takes the claim where {@code seal_no} and the claim attempt are still those read and the claim is free or over by database
     * time. In the same statement the intent is written. A claim that meets contention is a lost race: {@code false}.
     *
     * @param seen the account as read by the caller
     * @param by id of this attempt, unique
     * @param millis how long the claim lasts
     * @param intent keyed hash of the refresh token about to be used; null where nothing is about to be sent, and then an intent
     *     that stands in the row is kept
     */
    boolean claim(String tenant, Claimed seen, String by, long millis, @Nullable String intent);

    /** What a claimer had read. */
    record Claimed(String id, long sealNo, String claimBy) {}

    /**
     * Stores the answer of a refresh or a re-sealed record. Contention and lost connections are met with a few tries within the verb.
     *
     * <p>An answer is stored where {@code seal_no} is still {@code write.sealNo() - 1}, whatever else changed in the row; claim and
     * intent are cleared. A re-sealed record can be made again: it is stored only where {@code claim_by} is its own attempt besides,
     * so that the claim of another, who may be sending, is never ended by it; otherwise it is MOVED. The claim is free then, and
     * {@code claim_by} is {@code write.claimBy()}.
     */
    Write store(SealedWrite write, int memberKeyNo);

    /**
     * New sealed contents.
     *
     * @param sealNo the new number, one more than the one read
     * @param status the status from now on
     * @param reason the reason from now on
     * @param scopes granted scopes, or null to keep those of the row
     * @param attempt id of the write; for a re-sealed record that of the claim under which it was made
     * @param claimBy {@code claim_by} from now on, with the claim free. The attempt of a try that failed before and holds back the next one,
     *     so that it is not forgotten; else empty
     * @param resealed true for the same contents under another key: status, reason, expiry, due and refresh-by times, intent and its
     *     count stay as they are in the row, whatever stands here
     */
    record SealedWrite(
            String tenant,
            String member,
            String id,
            String attempt,
            String claimBy,
            Sealed sealed,
            long sealNo,
            int keyNo,
            String status,
            @Nullable String reason,
            @Nullable String scopes,
            @Nullable Long expiresAt,
            @Nullable Long refreshAt,
            @Nullable Long refreshBy,
            boolean resealed) {}

    /**
     * Ends a claim without new contents, where {@code seal_no} and {@code claim_by} are still those of the attempt. Status, reason and
     * time are written where nothing else has changed the row since the claim: what somebody decided meanwhile stays.
     *
     * @param rowVersion the row version that the claim made: one more than the one read before
     * @param status the status from now on
     * @param reason the reason from now on
     * @param refreshAt when to try next, or null for never
     * @param keepIntent true where the outcome is unknown: the intent stays as the record of it. False takes back what this claim
     *     announced: one attempt less, and where none is left no intent
     * @return false where status, reason and time were not written, whether or not the claim was ended: read again
     */
    boolean settle(
            String tenant,
            String id,
            long sealNo,
            String by,
            long rowVersion,
            String status,
            @Nullable String reason,
            @Nullable Long refreshAt,
            boolean keepIntent);

    /**
     * Moves the time at which a refresh is due, where the row version is still the one read. There is no attempt id: repeated after it
     * was done, it answers MOVED.
     */
    Write postpone(String tenant, String id, long rowVersion, long refreshAt);

    /**
     * Replaces the attributes, where the row version is still the one read; everything else stays. There is no attempt id: repeated after it
     * was done, it answers MOVED.
     */
    Write note(String tenant, String id, long rowVersion, String attributes);

    /**
     * Changes status and reason, where the row version is still the one read; nothing is due any more, sealed bytes and counters of
     * them stay. There is no attempt id: repeated after it was done, it answers MOVED.
     */
    Write mark(String tenant, String id, long rowVersion, String status, @Nullable String reason);

    /**
     * Drops the sealed bytes, identity, scopes, attributes, times, claim and intent, where {@code seal_no} is still the one read;
     * it becomes one more, so that an answer under way can no longer be stored. App, label, last use and the times of connection and
     * creation stay; scopes become empty and attributes the empty object.
     */
    Write clear(String tenant, String id, long sealNo, String attempt, String status, @Nullable String reason);

    /** As {@link #clear}, but subject and display name stay: whoever connects again is compared with them. */
    Write clearKeepingIdentity(
            String tenant, String id, long sealNo, String attempt, String status, @Nullable String reason);

    /**
     * Writes last-used times; a later time in a row wins. Best effort: unknown ids are passed over. A use is no change: row version
     * and {@code changedAt} stay.
     */
    void touch(Collection<Used> used);

    /** A use of an account at a database time. */
    record Used(String tenant, String id, long at) {}
}
