package dev.bulla.refresh;

import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.Telemetry;
import dev.bulla.notice.Notices;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Vault;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One flight per account in this JVM, whoever asks. A flight runs on the library's executor, so that a caller who goes away takes
 * nothing along. Thread-safe.
 */
public final class RefreshKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshKeeper.class);
    /** How long a caller waits for a flight that may have had to wait itself. */
    private static final Duration PATIENCE = Flight.PATIENCE.plusSeconds(20);

    private static final Set<ErrorCode> LOCKED = Set.of(ErrorCode.KEY_REQUIRED, ErrorCode.KEY_WRONG);

    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final ProviderHttp http;
    private final Notices notices;
    private final AnswerWriter writer;
    private final Executor executor;
    private final BooleanSupplier closing;
    private final Ticker ticker;
    private final ConcurrentHashMap<String, Airborne> flights = new ConcurrentHashMap<>();

    private record Airborne(CompletableFuture<Outcome> landing, Need need, Opener opener, AtomicInteger joined) {
        Airborne join() {
            joined.incrementAndGet();
            return this;
        }

        /** Whether it says nothing about what another caller asks: the token was not refused, or the record was locked for its starter. */
        boolean saysNothing(Outcome outcome, Need other, Opener theirs) {
            boolean kept = outcome.kind() == Outcome.Kind.KEPT && other == Need.REFUSED && need != Need.REFUSED;
            boolean locked = outcome.failure() != null
                    && LOCKED.contains(outcome.failure().code())
                    && opener != theirs;
            return kept || locked;
        }
    }

    /** @param closing from when it answers true no refresh is begun; those under way come to their end */
    public RefreshKeeper(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            Revoking revoking,
            Notices notices,
            ProviderHttp http,
            Executor executor,
            BooleanSupplier closing) {
        this(store, vault, keys, registrations, revoking, notices, http, executor, closing, Ticker.SYSTEM);
    }

    RefreshKeeper(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            Revoking revoking,
            Notices notices,
            ProviderHttp http,
            Executor executor,
            BooleanSupplier closing,
            Ticker ticker) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.notices = notices;
        this.http = http;
        this.executor = executor;
        this.closing = closing;
        this.ticker = ticker;
        this.writer = new AnswerWriter(store, vault, keys, registrations, revoking, notices, closing, ticker);
    }

    Store store() {
        return store;
    }

    Vault vault() {
        return vault;
    }

    Registrations registrations() {
        return registrations;
    }

    Notices notices() {
        return notices;
    }

    ProviderHttp http() {
        return http;
    }

    AnswerWriter writer() {
        return writer;
    }

    BooleanSupplier closing() {
        return closing;
    }

    Ticker ticker() {
        return ticker;
    }

    /** Begins a flight, or joins the one under way, without waiting for it. */
    public CompletableFuture<Outcome> begin(
            String tenant, String accountId, long seenSealNo, Opener opener, Need need) {
        return airborne(tenant, accountId, seenSealNo, opener, need).landing();
    }

    private Airborne airborne(String tenant, String accountId, long seenSealNo, Opener opener, Need need) {
        String key = tenant + '\n' + accountId;
        CompletableFuture<Outcome> landing = new CompletableFuture<>();
        Airborne mine = new Airborne(landing, need, opener, new AtomicInteger());
        // counted in the map's own lock: nobody joins what has landed
        Airborne under = flights.compute(key, (account, there) -> there == null ? mine : there.join());
        if (under != mine) {
            return under;
        }
        try {
            executor.execute(() -> {
                long start = System.nanoTime();
                Telemetry.Refresh ended = Telemetry.Refresh.FAILED;
                // out of the map first: whoever comes after the landing looks at the row anew
                try {
                    Outcome outcome = new Flight(this, tenant, accountId, seenSealNo, opener, need).fly();
                    flights.remove(key, mine);
                    landing.complete(outcome);
                    ended = Telemetry.Refresh.valueOf(outcome.kind().name());
                } catch (Throwable e) {
                    LOG.warn(
                            "refreshing account {} ended with {}",
                            accountId,
                            e.getClass().getName());
                    flights.remove(key, mine);
                    landing.completeExceptionally(e);
                }
                notices.meter()
                        .landed(tenant, accountId, ended, start, mine.joined().get());
            });
        } catch (RejectedExecutionException e) {
            flights.remove(key, mine);
            landing.completeExceptionally(new BullaException(ErrorCode.CLOSED, "the library is closed"));
        } catch (Throwable e) {
            // no thread is to be had: whoever asks next begins anew
            flights.remove(key, mine);
            landing.completeExceptionally(e);
        }
        return mine;
    }

    /**
     * Refreshes and waits for the outcome.
     *
     * @param seenSealNo the contents that the caller holds; newer ones are an answer at once
     * @param need why; a token that the service refused counts as ended
     * @throws BullaException {@code REFRESH_TIMEOUT} where waiting takes too long; the flight goes on
     */
    public Outcome refresh(String tenant, String accountId, long seenSealNo, Opener opener, Need need) {
        long deadline = ticker.nanos() + PATIENCE.toNanos();
        while (true) {
            Airborne flight = airborne(tenant, accountId, seenSealNo, opener, need);
            Outcome outcome = await(flight.landing(), deadline - ticker.nanos());
            if (!flight.saysNothing(outcome, need, opener)) {
                return outcome;
            }
        }
    }

    private Outcome await(CompletableFuture<Outcome> landing, long nanos) {
        try {
            return ticker.get(landing, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BullaException(ErrorCode.REFRESH_TIMEOUT, "interrupted while waiting; the refresh goes on");
        } catch (TimeoutException e) {
            throw new BullaException(ErrorCode.REFRESH_TIMEOUT, "the refresh takes too long; it goes on");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BullaException known) {
                throw known;
            }
            if (e.getCause() instanceof StoreException trouble) {
                throw trouble;
            }
            throw new IllegalStateException("refreshing failed with "
                    + (e.getCause() == null
                            ? "nothing"
                            : e.getCause().getClass().getName()));
        }
    }
}
