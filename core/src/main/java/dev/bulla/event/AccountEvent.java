package dev.bulla.event;

import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Reason;
import dev.bulla.provider.ProviderException;
import java.time.Instant;
import java.util.Optional;

/** Something happened to one member's account. A change of status is an event of its own, told after the one that led to it. */
public sealed interface AccountEvent extends BullaEvent {
    Account account();

    @Override
    default String tenant() {
        return account().tenant();
    }

    /**
     * Which account an event is about.
     *
     * @param id opaque; survives reconnects
     * @param tenant the tenant
     * @param member the host's id of the member
     * @param connection name of the connection
     * @param connectionId id of the connection
     * @param provider provider id
     * @param label tells several accounts of the member on the connection apart; usually empty
     */
    record Account(
            String id,
            String tenant,
            String member,
            String connection,
            String connectionId,
            String provider,
            String label) {}

    /**
     * A new grant, or a form's values, were stored.
     *
     * @param again whether the member had connected this account before
     */
    record Connected(Account account, Instant at, boolean again) implements AccountEvent {}

    /** The account was ended; {@code revocation} says what became of its tokens at the service. */
    record Disconnected(Account account, Instant at, Reason reason, Revocation revocation) implements AccountEvent {}

    /**
     * Status or reason became others.
     *
     * @param from the former status; empty for an account that is new
     * @param reason why, if there is something to say
     */
    record StatusChanged(
            Account account, Instant at, Optional<AccountStatus> from, AccountStatus to, Optional<Reason> reason)
            implements AccountEvent {}

    /**
     * Fresh tokens were stored.
     *
     * @param expiresAt end of the fresh access token, if known
     */
    record Refreshed(Account account, Instant at, Optional<Instant> expiresAt) implements AccountEvent {}

    /**
     * A refresh was tried and brought nothing. Where the account is given up for that, a {@link StatusChanged} follows.
     *
     * @param kind what the failure means for the token that was used
     * @param retryable whether a later try can help without anybody acting
     * @param nextTry when the account is due again; empty for never
     */
    record RefreshFailed(
            Account account, Instant at, ProviderException.Kind kind, boolean retryable, Optional<Instant> nextTry)
            implements AccountEvent {}

    /** Only a new consent of the member helps from now on. */
    record ReconnectRequired(Account account, Instant at, Reason reason) implements AccountEvent {}

    /** The account is of no use before the member chooses what it stands for. */
    record SelectionNeeded(Account account, Instant at) implements AccountEvent {}

    /** The date after which only a new consent helps is near, and the host alone cannot move it. */
    record RefreshByAhead(Account account, Instant at, Instant refreshBy) implements AccountEvent {}
}
