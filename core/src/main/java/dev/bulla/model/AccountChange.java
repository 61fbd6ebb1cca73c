package dev.bulla.model;

import java.time.Instant;
import java.util.Optional;

/**
 * An account that changed, as it is now. What lay between two readings is not told.
 *
 * @param id opaque; survives reconnects
 * @param tenant the tenant
 * @param member the host's id of the member
 * @param connection name of the connection
 * @param connectionId id of the connection
 * @param provider provider id
 * @param label tells several accounts of the member on the connection apart; usually empty
 * @param status where it stands
 * @param reason why, if there is something to say
 * @param changedAt database time of the change
 */
public record AccountChange(
        String id,
        String tenant,
        String member,
        String connection,
        String connectionId,
        String provider,
        String label,
        AccountStatus status,
        Optional<Reason> reason,
        Instant changedAt) {}
