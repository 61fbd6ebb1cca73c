package dev.bulla.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One member's account on one connection. A view without secrets; times are database time.
 *
 * @param id opaque; survives reconnects
 * @param member the host's id of the member
 * @param connection name of the connection
 * @param connectionId id of the connection
 * @param provider provider id
 * @param label tells several accounts on one connection apart; usually empty
 * @param status where it stands
 * @param reason why, if there is something to say
 * @param subject the service's stable id of the account
 * @param displayName what to show a person
 * @param attributes further plain facts, such as a workspace name
 * @param scopes granted scopes
 * @param missingScopes scopes that the connection asks for and that were not granted: a new consent is needed to get them
 * @param unrequestedScopes scopes that were granted although nobody asked; they widen nothing here
 * @param scopesAssumed whether the service did not say what it granted, so that {@code scopes} are those that were asked for
 * @param verified whether the service confirmed the credential when it was stored
 * @param sealedTo who can open the tokens
 * @param connectedAt when the present grant was stored
 * @param expiresAt end of the access token, if known
 * @param refreshBy date after which only a new consent helps, if known
 * @param lastUsedAt last use through this library, to the second
 */
public record ConnectedAccount(
        String id,
        String member,
        String connection,
        String connectionId,
        String provider,
        String label,
        AccountStatus status,
        Optional<Reason> reason,
        Optional<String> subject,
        Optional<String> displayName,
        Map<String, String> attributes,
        List<String> scopes,
        List<String> missingScopes,
        List<String> unrequestedScopes,
        boolean scopesAssumed,
        boolean verified,
        SealedTo sealedTo,
        Instant connectedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> refreshBy,
        Optional<Instant> lastUsedAt) {

    /** Whether it can be used now, as far as the account itself is concerned: not while a choice is pending that it needs. */
    public boolean ready() {
        return status == AccountStatus.ACTIVE;
    }
}
