package dev.bulla.store;

import org.jspecify.annotations.Nullable;

/**
 * The slim read of one call: everything that decides whether an opened credential may still be used, and no sealed bytes. One
 * indexed read of the account joined to its connection. Every call pays for it: what only few calls need stands in the row alone.
 * Times are database epoch milliseconds.
 *
 * @param id the account
 * @param status status name
 * @param reason reason code, or null
 * @param sealNo counts the sealed contents
 * @param keyNo number of the key that the record is sealed to; 0 for host-sealed
 * @param memberKeyNo number of the member's active key; 0 where there is none
 * @param expiresAt end of the access token, or null
 * @param refreshAt when a refresh is due, or null
 * @param enabled whether the connection is enabled and complete
 * @param revision the connection's revision
 * @param rulesNo counts the changes of what may be called on the connection
 * @param now database time of the read
 */
public record AccountGlance(
        String id,
        String status,
        @Nullable String reason,
        long sealNo,
        int keyNo,
        int memberKeyNo,
        @Nullable Long expiresAt,
        @Nullable Long refreshAt,
        boolean enabled,
        long revision,
        long rulesNo,
        long now) {}
