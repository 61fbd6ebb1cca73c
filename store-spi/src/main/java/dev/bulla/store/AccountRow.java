package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * One row of the account table. Times are database epoch milliseconds; {@code null} means "unknown" or "never".
 *
 * @param id opaque, random, never reused; survives reconnects and disconnects
 * @param tenant the tenant
 * @param member the host's id of the member
 * @param connectionId the connection
 * @param label tells several accounts of one member on one connection apart; the empty string is the usual one
 * @param appId the app registration that issued the tokens; empty for keys
 * @param status status name; opaque to the store
 * @param reason reason code, or null; opaque to the store
 * @param subject the provider's stable id of the account, or null
 * @param displayName a name to show, in clear, or null
 * @param scopes granted scopes, joined by one blank
 * @param attributes further plain facts as JSON; never a secret
 * @param sealed the sealed record, or null where there is none (disconnected, reset)
 * @param sealNo counts the contents of {@code sealed}; never goes back
 * @param keyNo number of the member key that the record is sealed to; 0 for host-sealed
 * @param claim the short right to change {@code sealed}
 * @param expiresAt end of the access token
 * @param refreshAt when a refresh is due; null means never
 * @param refreshBy the date after which only a new consent helps
 * @param lastUsedAt last use through the library
 * @param rowVersion counts every change but uses (see {@link AccountStore#touch})
 * @param attempt id of the write that made {@code sealNo}
 * @param connectedAt when the present grant was stored
 * @param createdAt set by the store
 * @param changedAt set by the store
 * @param now database time of the read
 */
public record AccountRow(
        String id,
        String tenant,
        String member,
        String connectionId,
        String label,
        String appId,
        String status,
        @Nullable String reason,
        @Nullable String subject,
        @Nullable String displayName,
        String scopes,
        String attributes,
        @Nullable Sealed sealed,
        long sealNo,
        int keyNo,
        Claim claim,
        @Nullable Long expiresAt,
        @Nullable Long refreshAt,
        @Nullable Long refreshBy,
        @Nullable Long lastUsedAt,
        long rowVersion,
        String attempt,
        long connectedAt,
        long createdAt,
        long changedAt,
        long now) {

    /**
     * The claim columns.
     *
     * @param by id of the attempt that holds or last held the claim; the empty string where there was none for the present {@code
     *     sealNo}. It stays when the claim ends, so that a decision made before is seen to be stale
     * @param until end of the claim; it is free from then on. 0 after {@link AccountStore#settle}
     * @param intent keyed hash of the refresh token about to be used, or null. An intent that outlives its claim means that the
     *     outcome of a request is unknown
     * @param intentAt when the first of the attempts was announced, or null
     * @param attempts how many requests were announced for the present {@code sealNo} and not taken back: each may have arrived
     */
    public record Claim(
            String by,
            long until,
            @Nullable String intent,
            @Nullable Long intentAt,
            int attempts) {
        /** No claim, no intent. */
        public static final Claim NONE = new Claim("", 0, null, null, 0);
    }
}
