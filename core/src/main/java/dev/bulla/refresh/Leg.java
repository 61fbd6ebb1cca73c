package dev.bulla.refresh;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.notice.Notices;
import dev.bulla.provider.App;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request under one claim: takes the claim, sends, and writes the end of it. The claim decides who may send, the seal number who may
 * store. Used once, by one thread.
 */
final class Leg {
    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);

    /** Send guard 5 s, call 15 s, write 5 s. */
    static final Duration CLAIM = Duration.ofSeconds(25);

    /** What was written at the end. */
    enum End {
        /** The answer. */
        STORED,
        /** What a failure means for the account. */
        FAILED,
        /** That nothing was sent, because the claim had aged. */
        HELD_BACK,
        /** Nothing: somebody else was quicker. */
        MOVED
    }

    /**
     * What was decided before the claim.
     *
     * @param row as read
     * @param intent the hash of the refresh token about to be used
     * @param setback of another set before it in this flight, or null
     */
    record Ready(
            AccountRow row,
            ConnectionRow connection,
            App app,
            TokenRefresher refresher,
            Payload payload,
            Turn turn,
            String intent,
            @Nullable Setback setback) {}

    private final Store store;
    private final ProviderHttp http;
    private final Registrations registrations;
    private final AnswerWriter writer;
    private final Notices notices;
    private final Ticker ticker;
    private final Ready ready;
    private final AccountRow row;
    private final Look look;
    private final boolean mayTakeBack;
    private final String attempt;
    private End end = End.MOVED;
    private @Nullable BullaException failure;
    private @Nullable Setback setback;

    /** @param mayTakeBack whether a claim that has aged before anything left is given back, to look anew */
    Leg(RefreshKeeper keeper, Ready ready, Need need, boolean mayTakeBack) {
        this.store = keeper.store();
        this.http = keeper.http();
        this.registrations = keeper.registrations();
        this.writer = keeper.writer();
        this.notices = keeper.notices();
        this.ticker = keeper.ticker();
        this.ready = ready;
        this.row = ready.row();
        this.look = new Look(row, need);
        this.mayTakeBack = mayTakeBack;
        this.attempt = Ids.isAnew(row.attempt()) ? Ids.anew() : Ids.id();
    }

    String attempt() {
        return attempt;
    }

    End end() {
        return end;
    }

    /** What it met, where it failed. */
    @Nullable
    BullaException failure() {
        return failure;
    }

    /** Where it failed, and that says nothing about other sets of the account. */
    @Nullable
    Setback setback() {
        return setback;
    }

    /** Null: the row has changed since it was read, or is to be looked at anew. */
    @Nullable
    Outcome fly() {
        long since = ticker.nanos();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        if (!store.accounts().claim(row.tenant(), seen, attempt, CLAIM.toMillis(), ready.intent())) {
            notices.meter().lostRace(ready.connection().provider());
            return null;
        }
        SendGuard guard =
                new SendGuard(notices.meter().timed(http, ready.connection().provider()), ticker, since);
        AnchoredClock clock = new AnchoredClock(row.now(), ticker, since);
        Payload fresh;
        try {
            ProviderCall call =
                    new ProviderCall(guard, clock, ready.app(), ready.payload().form());
            Tokens answer = ready.refresher().refresh(ready.turn().tokens(), call);
            fresh = ready.payload().with(ready.payload().tokens().refreshed(answer));
        } catch (RuntimeException e) {
            return guard.heldBack() && mayTakeBack ? takeBack() : failed(e, guard, clock.millis());
        }
        Outcome outcome = writer.write(new AnswerWriter.Answer(
                row, ready.connection(), ready.app(), fresh, attempt, ready.intent(), ready.setback(), clock));
        end = outcome == Outcome.REFRESHED ? End.STORED : End.MOVED;
        return outcome;
    }

    private @Nullable Outcome failed(RuntimeException e, SendGuard guard, long now) {
        if (e instanceof ProviderException answer) {
            if (answer.isUnknownClient()) {
                registrations.refused(ready.connection(), row.appId());
            }
            return settle(answer, answer.kind(), now);
        }
        LOG.error("refreshing account {} failed with {}", row.id(), e.getClass().getName());
        Kind kind = guard.sent() ? Kind.OUTCOME_UNKNOWN : Kind.TRANSIENT;
        return settle(e instanceof BullaException known ? known : surprise(kind), kind, now);
    }

    /** This side was stopped or slow, the service was not asked, and nothing is risked: the claim ends, and the refresh is due now. */
    private @Nullable Outcome takeBack() {
        end = End.HELD_BACK;
        LOG.info("the claim on account {} aged before anything was sent; looking again", row.id());
        store.accounts()
                .settle(
                        row.tenant(),
                        row.id(),
                        row.sealNo(),
                        attempt,
                        row.rowVersion() + 1,
                        row.status(),
                        row.reason(),
                        row.refreshAt() != null && row.refreshAt() < row.now()
                                ? row.refreshAt()
                                : Long.valueOf(row.now()),
                        false);
        return null;
    }

    private static ProviderException surprise(Kind kind) {
        return new ProviderException(kind, "internal", 0, null, "the refresh ended with an error of this side");
    }

    private @Nullable Outcome settle(BullaException met, Kind kind, long now) {
        TokenRefresher refresher = ready.refresher();
        ReuseRule reuse = Look.isReplaySafe(refresher) ? ReuseRule.safe() : refresher.reuse();
        boolean alive = look.isAlive(ready.turn(), now);
        String lasting = Standing.lasting(row, ready.connection());
        Verdict verdict = Verdict.of(met, kind, row, lasting, reuse, !alive, now);
        LOG.info("refresh of account {} failed: {}, {}; status {}", row.id(), kind, met.getMessage(), verdict.status());
        boolean settled = store.accounts()
                .settle(
                        row.tenant(),
                        row.id(),
                        row.sealNo(),
                        attempt,
                        row.rowVersion() + 1,
                        verdict.status(),
                        verdict.reason(),
                        verdict.refreshAt(),
                        verdict.keepIntent());
        if (!settled) {
            return null;
        }
        end = End.FAILED;
        failure = verdict.failure();
        if (row.claim().intent() == null && verdict.isOfOneSet(kind)) {
            setback = new Setback(attempt, Objects.requireNonNull(verdict.refreshAt()));
        }
        notices.refreshFailed(
                ready.connection(),
                row,
                kind,
                verdict.failure(),
                verdict.status(),
                verdict.reason(),
                verdict.refreshAt(),
                Instant.ofEpochMilli(now));
        return alive && !verdict.status().equals(AccountStatus.RECONNECT_REQUIRED.name())
                ? Outcome.keptAfter(verdict.failure())
                : Outcome.failed(verdict.failure());
    }
}
