package dev.bulla.refresh;

import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.notice.Notices;
import dev.bulla.provider.App;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One refresh of one account in this JVM, from reading the row to the stored answer: decides whether anything is to be sent, and has a
 * {@link Leg} send it. Of several token sets each has a leg of its own, one after the other, with everything that came before it stored;
 * a failure ends the flight, unless it means one set alone and another can not wait. Runs on the library's executor; used once, by one
 * thread.
 */
final class Flight {
    /** How long a flight waits for somebody else's claim: a claim's life and a little more. */
    static final Duration PATIENCE = Leg.CLAIM.plusSeconds(5);

    /** How often a claim that has aged before anything left is taken anew. */
    private static final int ANEW = 2;

    private final RefreshKeeper keeper;
    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final AnswerWriter writer;
    private final Notices notices;
    private final String tenant;
    private final String accountId;
    private final long seenSealNo;
    private final Opener opener;
    private final Need need;
    private final BooleanSupplier closing;
    private final Ticker ticker;

    /** Token sets whose turn is over, and the write of the last one; null while nothing was stored. */
    private final Set<String> done = new HashSet<>();

    private @Nullable String stored;
    private @Nullable Setback setback;
    private @Nullable BullaException failure;
    private boolean more;
    private int heldBack;
    private Waiting waiting;

    Flight(RefreshKeeper keeper, String tenant, String accountId, long seenSealNo, Opener opener, Need need) {
        this.keeper = keeper;
        this.store = keeper.store();
        this.vault = keeper.vault();
        this.registrations = keeper.registrations();
        this.writer = keeper.writer();
        this.notices = keeper.notices();
        this.tenant = tenant;
        this.accountId = accountId;
        this.seenSealNo = seenSealNo;
        this.opener = opener;
        this.need = need;
        this.closing = keeper.closing();
        this.ticker = keeper.ticker();
        this.waiting = new Waiting(ticker, PATIENCE);
    }

    Outcome fly() {
        Outcome outcome = legs();
        return stored == null ? outcome : Outcome.refreshed(failure);
    }

    private Outcome legs() {
        AccountRow row;
        do {
            Optional<AccountRow> found = store.accounts().find(tenant, accountId);
            if (found.isEmpty()) {
                return Outcome.failed(Standing.notConnected());
            }
            row = found.get();
            if (stored != null && !row.attempt().equals(stored)) {
                return Outcome.MOVED;
            }
            CredentialUnavailable refusal = Standing.unrefreshable(row.status(), row.reason());
            if (refusal != null) {
                return Outcome.failed(refusal);
            }
            if (!isAsLeft(row) && look(row).isNewerThan(seenSealNo)) {
                return Outcome.MOVED;
            }
            if (closing.getAsBoolean()) {
                return Outcome.failed(new BullaException(ErrorCode.CLOSED, "the library is closed"));
            }
            more = false;
            Outcome outcome = look(row).isHeld() ? null : attempt(row);
            if (outcome != null && !more) {
                return outcome;
            }
        } while (waiting.pause());
        return keptOr(row, new BullaException(ErrorCode.REFRESH_TIMEOUT, "a refresh has not come to its end in time"));
    }

    private Look look(AccountRow row) {
        return new Look(row, need);
    }

    private Outcome keptOr(AccountRow row, BullaException otherwise) {
        return look(row).isAlive(row.now()) ? Outcome.KEPT : Outcome.failed(otherwise);
    }

    private @Nullable Outcome keptOrGivenUp(ConnectionRow connection, AccountRow row, Reason reason) {
        return look(row).isAlive(row.now()) ? Outcome.KEPT : giveUp(connection, row, reason);
    }

    /** Null: the race was lost, read again. */
    private @Nullable Outcome attempt(AccountRow row) {
        Optional<ConnectionRow> found = store.connections().find(tenant, row.connectionId());
        if (found.isEmpty() || !found.get().enabled() || !found.get().complete()) {
            return Outcome.failed(new BullaException(ErrorCode.NOT_ENABLED, "the connection is switched off"));
        }
        ConnectionRow connection = found.get();
        Optional<TokenRefresher> refresher = registrations.provider(connection).refresher();
        if (refresher.isEmpty()) {
            return unrefreshable(connection, row);
        }
        if (!isAsLeft(row) && look(row).isTooEarly()) {
            return keptOr(row, Standing.backingOff(row.reason()));
        }
        Payload payload;
        try {
            payload = vault.open(row, opener);
        } catch (BullaException e) {
            return Outcome.failed(e);
        }
        if (!registrations.accepts(connection, payload.anchor())) {
            return giveUp(connection, row, Reason.ENDPOINT_CHANGED);
        }
        Optional<App> app = registrations.refreshingApp(connection, row.appId());
        if (app.isEmpty()) {
            return keptOrGivenUp(connection, row, Reason.APP_GONE);
        }
        Optional<Turn> turn = refresher.get().canRefresh(payload.tokens().granted())
                ? Turn.next(
                        refresher.get(),
                        payload.tokens().granted(),
                        done,
                        tokens -> intent(tokens).equals(row.claim().intent()))
                : Optional.empty();
        if (turn.isEmpty() || look(row).isTooLateToExchange(refresher.get())) {
            return unrefreshable(connection, row);
        }
        if (isTooYoung(refresher.get(), turn.get(), row)) {
            return Outcome.KEPT;
        }
        if (look(row).mustNotRepeat(refresher.get(), turn.get())) {
            return look(row).isAlive(turn.get(), row.now())
                    ? Outcome.KEPT
                    : giveUp(connection, row, Reason.OUTCOME_UNKNOWN);
        }
        try {
            writer.refuseUnsealable(row);
        } catch (BullaException e) {
            return keptOr(row, e);
        }
        return send(new Leg.Ready(
                row,
                connection,
                app.get(),
                refresher.get(),
                payload,
                turn.get(),
                intent(turn.get().tokens()),
                setback));
    }

    /**
     * Whether nobody else tried since the turn before in this flight, though the contents may have been sealed again: what the row says of
     * the next try is not for the set whose turn it is now.
     */
    private boolean isAsLeft(AccountRow row) {
        return stored != null
                || setback != null && setback.attempt().equals(row.claim().by());
    }

    private static boolean isTooYoung(TokenRefresher refresher, Turn turn, AccountRow row) {
        Instant from = refresher.notBefore(turn.tokens());
        return from != null && row.now() < from.toEpochMilli();
    }

    /** A refusal alone says too little to give such an account up: the service may mean this one call. */
    private @Nullable Outcome unrefreshable(ConnectionRow connection, AccountRow row) {
        return look(row).hasEnded() ? giveUp(connection, row, Reason.GRANT_EXPIRED) : Outcome.KEPT;
    }

    /** Null: the row has changed since it was read. */
    private @Nullable Outcome giveUp(ConnectionRow connection, AccountRow row, Reason reason) {
        Write write = store.accounts()
                .mark(tenant, row.id(), row.rowVersion(), AccountStatus.RECONNECT_REQUIRED.name(), reason.code());
        if (write != Write.DONE) {
            return null;
        }
        notices.reconnectRequired(connection, row, reason);
        return Outcome.failed(Standing.reconnect(reason.code()));
    }

    private @Nullable Outcome send(Leg.Ready ready) {
        Leg leg = new Leg(keeper, ready, need, heldBack < ANEW);
        Outcome outcome = leg.fly();
        switch (leg.end()) {
            case STORED -> {
                stored = leg.attempt();
                goOn(ready);
            }
            case FAILED -> {
                failure = leg.failure();
                if (leg.setback() != null) {
                    setback = leg.setback();
                    goOn(ready);
                }
            }
            case HELD_BACK -> {
                heldBack++;
                waiting = new Waiting(ticker, PATIENCE);
            }
            case MOVED -> {}
        }
        return outcome;
    }

    /** After a failure only to those that can not wait for the next try: it shall not have the others replaced over and over again. */
    private void goOn(Leg.Ready ready) {
        done.add(ready.turn().name());
        more = Turn.next(ready.refresher(), ready.payload().tokens().granted(), done, other -> false)
                .filter(next -> setback == null || need == Need.REFUSED || !setback.isWaitedFor(next))
                .isPresent();
    }

    private String intent(Tokens tokens) {
        return vault.digest(Secret.of(tokens.sets().values().stream()
                .map(set -> Objects.requireNonNullElse(set.refreshToken(), set.accessToken()))
                .map(Secret::reveal)
                .collect(Collectors.joining(" "))));
    }
}
