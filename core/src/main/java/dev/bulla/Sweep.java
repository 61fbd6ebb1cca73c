package dev.bulla;

import dev.bulla.Maintenance.Swept;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.Telemetry;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.Outcome;
import dev.bulla.refresh.When;
import dev.bulla.store.AccountRow;
import dev.bulla.store.StoreException;
import dev.bulla.store.UpkeepStore.AccountRef;
import dev.bulla.vault.Opener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over what is due. More candidates are read than taken, and in an order of chance, so that several nodes rarely meet at one
 * account; where they do, the ordinary claim decides. One thread takes; counts may be read by any.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final long ASIDE = Duration.ofMinutes(10).toMillis();
    private static final int CANDIDATES = 4;

    private final Wiring wiring;
    private final long ahead;
    private final BooleanSupplier ended;
    private final Trouble trouble = new Trouble();
    private final Set<String> taken = new HashSet<>();
    private final AtomicReference<@Nullable RuntimeException> away = new AtomicReference<>();
    private final AtomicInteger candidates = new AtomicInteger();
    private final Map<Telemetry.Swept, AtomicInteger> counts = new EnumMap<>(Telemetry.Swept.class);

    /**
     * @param ahead also takes what will be due within this time
     * @param ended answers true from when no further account is to be taken
     */
    Sweep(Wiring wiring, Duration ahead, BooleanSupplier ended) {
        this.wiring = wiring;
        this.ahead = ahead.toMillis();
        this.ended = ended;
        for (Telemetry.Swept outcome : Telemetry.Swept.values()) {
            counts.put(outcome, new AtomicInteger());
        }
    }

    Swept counts() {
        return new Swept(
                candidates.get(),
                count(Telemetry.Swept.REFRESHED),
                count(Telemetry.Swept.MOVED),
                count(Telemetry.Swept.KEPT),
                count(Telemetry.Swept.FAILED),
                count(Telemetry.Swept.LEFT_OUT));
    }

    private int count(Telemetry.Swept outcome) {
        return Objects.requireNonNull(counts.get(outcome)).get();
    }

    /**
     * Takes some accounts, none of them twice; answers how many.
     *
     * @throws StoreException or BullaException where the database went away: the rest is left out, and nobody waits for it
     */
    int take(int limit, int atOnce) {
        List<AccountRef> due = new ArrayList<>(wiring.store().upkeep().due(ahead, (int)
                Math.min((long) limit * CANDIDATES + count(Telemetry.Swept.MOVED), Integer.MAX_VALUE)));
        due.removeIf(ref -> taken.contains(ref.id()));
        Collections.shuffle(due);
        List<AccountRef> mine = due.subList(0, Math.min(limit, due.size()));
        mine.forEach(ref -> taken.add(ref.id()));
        candidates.addAndGet(mine.size());
        Queue<AccountRef> queue = new ConcurrentLinkedQueue<>(mine);
        together(queue, Math.min(atOnce, mine.size()));
        queue.forEach(ref -> count(ref, Telemetry.Swept.LEFT_OUT));
        RuntimeException trouble = away.get();
        if (trouble != null) {
            throw trouble;
        }
        return mine.size();
    }

    private void together(Queue<AccountRef> queue, int atOnce) {
        List<CompletableFuture<?>> helpers = new ArrayList<>();
        for (int i = 1; i < atOnce; i++) {
            try {
                helpers.add(CompletableFuture.runAsync(() -> work(queue), wiring.workers()));
            } catch (RejectedExecutionException e) {
                break; // closing: work() ends at once
            }
        }
        work(queue);
        helpers.forEach(CompletableFuture::join);
    }

    private void work(Queue<AccountRef> queue) {
        AccountRef ref;
        while (away.get() == null && !ended.getAsBoolean() && (ref = queue.poll()) != null) {
            try {
                one(ref);
            } catch (StoreException e) {
                count(ref, Telemetry.Swept.FAILED);
                LOG.warn("account {} was left out of a sweep: {}", ref.id(), e.kind());
                if (e.kind() != StoreException.Kind.CONTENDED) {
                    away.compareAndSet(null, e);
                }
            }
        }
    }

    private void one(AccountRef ref) {
        Optional<AccountRow> found = wiring.store().accounts().find(ref.tenant(), ref.id());
        Need need = found.map(row -> When.need(row, ahead)).orElse(null);
        if (need == null) {
            count(ref, Telemetry.Swept.MOVED);
        } else if (trouble.spares(ref)) {
            letOthersGoFirst(found.orElseThrow());
            count(ref, Telemetry.Swept.LEFT_OUT);
        } else {
            refresh(ref, found.orElseThrow(), need);
        }
    }

    private void refresh(AccountRef ref, AccountRow row, Need need) {
        Outcome.Kind kind;
        @Nullable ErrorCode why = null;
        try {
            Outcome outcome = wiring.refresher().refresh(row.tenant(), row.id(), row.sealNo(), Opener.host(), need);
            kind = outcome.kind();
            BullaException failure = outcome.failure();
            why = failure == null ? null : failure.code();
            stopWhereAway(failure);
        } catch (BullaException | IllegalStateException e) {
            kind = Outcome.Kind.FAILED;
            stopWhereAway(e);
        }
        if (kind == Outcome.Kind.REFRESHED) {
            trouble.none(ref);
        } else if (kind != Outcome.Kind.MOVED && why != ErrorCode.RECONNECT_REQUIRED) {
            trouble.more(ref, why != ErrorCode.APP_REFUSED);
        }
        boolean nothingCame = kind == Outcome.Kind.FAILED || kind == Outcome.Kind.KEPT;
        if (nothingCame
                && need == Need.DUE
                && away.get() == null
                && !wiring.workers().isShutdown()) {
            letOthersGoFirst(row);
        }
        count(ref, Telemetry.Swept.valueOf(kind.name()));
    }

    private void stopWhereAway(@Nullable RuntimeException failure) {
        if (failure instanceof BullaException known && known.code() == ErrorCode.STORE_UNAVAILABLE) {
            away.compareAndSet(null, known);
        }
    }

    /** Last of all that is done for an account, so that each counts once. */
    private void count(AccountRef ref, Telemetry.Swept outcome) {
        Objects.requireNonNull(counts.get(outcome)).incrementAndGet();
        wiring.notices().meter().swept(ref.provider(), outcome);
    }

    /** Where nothing was written about the failure, the account would stay the oldest that is due. Its end is its next turn. */
    private void letOthersGoFirst(AccountRow row) {
        long next = row.now() + ASIDE;
        Long end = row.expiresAt();
        wiring.store()
                .accounts()
                .postpone(
                        row.tenant(),
                        row.id(),
                        row.rowVersion(),
                        end == null || end <= row.now() ? next : Math.min(next, end));
    }
}
