package dev.bulla.refresh;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.provider.App;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One refresh of one account in this JVM, from reading the row to the stored answer. The claim decides who may send, the seal number
 * who may store. Runs on the library's executor; used once, by one thread.
 */
final class Flight {
    private static final Logger LOG = LoggerFactory.getLogger(Flight.class);

    /** Send guard 5 s, call 15 s, write 5 s. */
    static final Duration CLAIM = Duration.ofSeconds(25);

    /** How long a flight waits for somebody else's claim: a claim's life and a little more. */
    static final Duration PATIENCE = CLAIM.plusSeconds(5);

    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final ProviderHttp http;
    private final AnswerWriter writer;
    private final String tenant;
    private final String accountId;
    private final long seenSealNo;
    private final Opener opener;
    private final Need need;

    Flight(RefreshKeeper keeper, String tenant, String accountId, long seenSealNo, Opener opener, Need need) {
        this.store = keeper.store();
        this.vault = keeper.vault();
        this.registrations = keeper.registrations();
        this.http = keeper.http();
        this.writer = keeper.writer();
        this.tenant = tenant;
        this.accountId = accountId;
        this.seenSealNo = seenSealNo;
        this.opener = opener;
        this.need = need;
    }

    Outcome fly() {
        Waiting waiting = new Waiting(PATIENCE);
        while (true) {
            Optional<AccountRow> found = store.accounts().find(tenant, accountId);
            if (found.isEmpty() || found.get().sealed() == null) {
                return Outcome.failed(new dev.bulla.error.CredentialUnavailable(
                        ErrorCode.NOT_CONNECTED, "", "the account was disconnected"));
            }
            AccountRow row = found.get();
            if (row.sealNo() > seenSealNo) {
                return Outcome.MOVED;
            }
            if (!row.status().equals(AccountStatus.ACTIVE.name())) {
                return Outcome.failed(Verdict.reconnect(row.reason()));
            }
            if (row.claim().until() > row.now()) {
                if (!waiting.pause()) {
                    return alive(row)
                            ? Outcome.KEPT
                            : Outcome.failed(new BullaException(
                                    ErrorCode.REFRESH_TIMEOUT, "another node has not ended its refresh in time"));
                }
                continue;
            }
            Outcome outcome = attempt(row);
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private boolean alive(AccountRow row) {
        Long end = row.expiresAt();
        return need != Need.REFUSED && (end == null || end > row.now());
    }

    /** Null: the race was lost, read again. */
    private @Nullable Outcome attempt(AccountRow row) {
        Optional<ConnectionRow> connection = store.connections().find(tenant, row.connectionId());
        if (connection.isEmpty() || !connection.get().enabled()) {
            return Outcome.failed(new BullaException(ErrorCode.NOT_ENABLED, "the connection is switched off"));
        }
        TokenRefresher refresher =
                registrations.provider(connection.get()).refresher().orElse(null);
        if (tooEarly(row)) {
            return alive(row)
                    ? Outcome.KEPT
                    : Outcome.failed(new BullaException(
                            ErrorCode.PROVIDER_UNAVAILABLE, "the last refresh failed; the next try is not due yet"));
        }
        Payload payload = vault.open(row, opener);
        if (!registrations.accepts(connection.get(), payload.anchor())) {
            return giveUp(row, Reason.ENDPOINT_CHANGED);
        }
        Optional<App> app = registrations.app(connection.get(), row.appId());
        if (app.isEmpty()) {
            return giveUp(row, Reason.APP_GONE);
        }
        if (refresher == null || !refresher.canRefresh(payload.tokens())) {
            return alive(row) ? Outcome.KEPT : giveUp(row, Reason.GRANT_EXPIRED);
        }
        if (row.claim().intent() != null && !mayRepeat(row, refresher)) {
            return alive(row) ? Outcome.KEPT : giveUp(row, Reason.OUTCOME_UNKNOWN);
        }
        return send(row, connection.get(), app.get(), refresher, payload);
    }

    private static boolean ended(AccountRow row) {
        return row.expiresAt() != null && row.expiresAt() <= row.now();
    }

    /** A failure moved the next try ahead, or somebody else was quicker. A token refused before its time is refreshed at once. */
    private boolean tooEarly(AccountRow row) {
        boolean later = row.refreshAt() != null && row.refreshAt() > row.now();
        return switch (need) {
            case DUE -> later;
            case EARLY -> row.claim().intent() != null;
            case REFUSED -> later && ended(row) && row.claim().intent() == null;
        };
    }

    /** An intent that outlived its claim: the request may have been answered. */
    private boolean mayRepeat(AccountRow row, TokenRefresher refresher) {
        if (replaySafe(refresher)) {
            return true;
        }
        ReuseRule reuse = refresher.reuse();
        long since = row.claim().intentAt() == null ? 0 : row.claim().intentAt();
        boolean within = reuse.kind() == ReuseRule.Kind.GRACE
                && row.now() - since <= reuse.grace().toMillis();
        return row.claim().attempts() < 2 && (within || !alive(row));
    }

    private static boolean replaySafe(TokenRefresher refresher) {
        return refresher.reuse().kind() == ReuseRule.Kind.SAFE
                || refresher.style() != TokenRefresher.Style.REFRESH_TOKEN;
    }

    private Outcome giveUp(AccountRow row, Reason reason) {
        store.accounts()
                .mark(tenant, row.id(), row.rowVersion(), AccountStatus.RECONNECT_REQUIRED.name(), reason.code());
        return Outcome.failed(Verdict.reconnect(reason.code()));
    }

    private @Nullable Outcome send(
            AccountRow row, ConnectionRow connection, App app, TokenRefresher refresher, Payload payload) {
        String attempt = Ids.id();
        long since = System.nanoTime();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        if (!store.accounts().claim(tenant, seen, attempt, CLAIM.toMillis(), intent(payload.tokens()))) {
            return null;
        }
        SendGuard guard = new SendGuard(http, since);
        AnchoredClock clock = new AnchoredClock(row.now());
        Tokens answer;
        try {
            answer = refresher.refresh(payload.tokens(), new ProviderCall(guard, clock, app));
        } catch (ProviderException e) {
            return settle(row, refresher, attempt, e, clock.millis());
        } catch (RuntimeException e) {
            LOG.error(
                    "refreshing account {} failed with {}",
                    row.id(),
                    e.getClass().getName());
            return settle(row, refresher, attempt, surprise(guard.sent()), clock.millis());
        }
        Payload fresh = payload.with(answer.orFrom(payload.tokens()));
        return writer.write(row, connection, fresh, attempt, clock);
    }

    private static ProviderException surprise(boolean sent) {
        return new ProviderException(
                sent ? ProviderException.Kind.OUTCOME_UNKNOWN : ProviderException.Kind.TRANSIENT,
                "internal",
                0,
                null,
                "the refresh ended with an error of this side");
    }

    private String intent(Tokens tokens) {
        return vault.digest(Secret.of(tokens.sets().values().stream()
                .map(set -> Objects.requireNonNullElse(set.refreshToken(), set.accessToken()))
                .map(Secret::reveal)
                .collect(Collectors.joining(" "))));
    }

    private @Nullable Outcome settle(
            AccountRow row, TokenRefresher refresher, String attempt, ProviderException failure, long now) {
        ReuseRule reuse = replaySafe(refresher) ? ReuseRule.safe() : refresher.reuse();
        Verdict verdict = Verdict.of(failure, row, reuse, !alive(row), now);
        LOG.info(
                "refresh of account {} failed: {} {}, status {}",
                row.id(),
                failure.kind(),
                failure.status(),
                verdict.status());
        boolean settled = store.accounts()
                .settle(
                        tenant,
                        row.id(),
                        row.sealNo(),
                        attempt,
                        verdict.status(),
                        verdict.reason(),
                        verdict.refreshAt(),
                        verdict.keepIntent());
        if (!settled) {
            return null;
        }
        return alive(row) && verdict.status().equals(AccountStatus.ACTIVE.name())
                ? Outcome.KEPT
                : Outcome.failed(verdict.failure());
    }
}
