package dev.bulla;

import dev.bulla.Maintenance.Swept;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps accounts fresh in the background, on the library's own threads: made by {@link Maintenance#start}. Any number of nodes may do so
 * at once; they share the work, and no account is refreshed twice.
 *
 * <p>The first round also takes what will be due before the second, so that a start meets no wave of callers with tokens about to end. A
 * round ends when nothing more is due, or with the first sign that the database is away; then the pauses grow, to a quarter of an hour at
 * most, until it is back. Flows that ended long ago, and entries of the audit that are old, are purged along the way. Thread-safe.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final int BATCH = 100;
    private static final int TOLD = 1_000;
    private static final int AUDIT_AT_ONCE = 5_000;
    private static final int AUDIT_TIMES = 200;
    private static final long PURGE_EVERY = Duration.ofHours(1).toNanos();
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final long DRAIN_SECONDS = 30;

    private final Wiring wiring;
    private final Maintenance maintenance;
    private final SweepSettings settings;
    /** Held by the round under way. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile boolean ended;
    private volatile @Nullable Future<?> next;
    private volatile Progress progress = new Progress(0, Optional.empty(), Optional.empty());
    private volatile @Nullable Current current;
    private boolean warmed;
    private int awayInARow;
    private @Nullable Long purged;

    private record Current(Sweep sweep, Instant began, long nanos) {
        Round round(int told, int purged, boolean whole) {
            return new Round(began, Duration.ofNanos(System.nanoTime() - nanos), sweep.counts(), told, purged, whole);
        }
    }

    Sweeper(Wiring wiring, Maintenance maintenance, SweepSettings settings) {
        this.wiring = wiring;
        this.maintenance = maintenance;
        this.settings = settings;
    }

    void begin() {
        try {
            wiring.workers().execute(this::turn);
        } catch (RejectedExecutionException e) {
            throw new BullaException(ErrorCode.CLOSED, "the library is closed");
        }
    }

    /**
     * One round.
     *
     * @param began when, by the library's clock
     * @param took how long it took, or has taken so far
     * @param swept what became of the accounts
     * @param told how many refresh-by dates were told
     * @param purged how many old flows were deleted
     * @param whole false where the database went away, or the round is under way
     */
    public record Round(Instant began, Duration took, Swept swept, int told, int purged, boolean whole) {}

    /**
     * Where it stands.
     *
     * @param rounds how many rounds have ended
     * @param last the last one of them
     * @param underWay the present one, as far as it has come
     */
    public record Progress(long rounds, Optional<Round> last, Optional<Round> underWay) {}

    /** A look at this moment; cheap. */
    public Progress progress() {
        Current now = current;
        Progress seen = progress;
        return new Progress(
                seen.rounds(), seen.last(), Optional.ofNullable(now).map(round -> round.round(0, 0, false)));
    }

    private void turn() {
        turn.lock();
        try {
            if (!ended) {
                round();
                goOn();
            }
        } finally {
            turn.unlock();
        }
    }

    private void round() {
        Sweep sweep = new Sweep(wiring, warmed ? Duration.ZERO : longest(settings.every()), this::isEnding);
        Current round = new Current(sweep, wiring.clock().instant(), System.nanoTime());
        current = round;
        int told = 0;
        int gone = 0;
        boolean whole = false;
        try {
            while (sweep.take(Math.min(BATCH, left(sweep)), settings.atOnce()) > 0 && left(sweep) > 0 && !isEnding()) {
                LOG.debug("sweeping: {}", sweep.counts());
            }
            if (!isEnding()) {
                told = maintenance.tellOf(settings.lead(), TOLD);
                gone = purge(round.nanos());
                purgeAudit();
            }
            whole = true;
        } catch (StoreException | BullaException e) {
            LOG.warn("a sweep ended early, and is tried again later: {}", named(e));
        } catch (Throwable e) {
            LOG.error("a sweep ended with {}", e.getClass().getName());
        }
        warmed |= whole;
        awayInARow = whole ? 0 : awayInARow + 1;
        Round last = round.round(told, gone, whole);
        progress = new Progress(progress.rounds() + 1, Optional.of(last), Optional.empty());
        wiring.notices().meter().sweepEnded(whole, last.took());
        current = null;
    }

    private static Object named(RuntimeException e) {
        return e instanceof BullaException known ? known.code() : ((StoreException) e).kind();
    }

    private int left(Sweep sweep) {
        return settings.atMost() - sweep.counts().candidates();
    }

    /** Goes on while there is more, to an end: a busy host makes many entries from one round to the next. */
    private void purgeAudit() {
        for (int i = 0; i < AUDIT_TIMES && !isEnding(); i++) {
            int gone = wiring.purgeAudit(AUDIT_AT_ONCE);
            LOG.debug("entries of the audit that were deleted: {}", gone);
            if (gone < AUDIT_AT_ONCE) {
                return;
            }
        }
    }

    private int purge(long now) {
        Long last = purged;
        if (last != null && now - last < PURGE_EVERY) {
            return 0;
        }
        purged = now;
        return maintenance.purgeOld();
    }

    private boolean isEnding() {
        return ended || wiring.running().isClosing();
    }

    private void goOn() {
        long pause = settings.every().toNanos();
        long longest = Math.max(pause, LONGEST.toNanos());
        for (int i = 0; i < awayInARow && pause < longest; i++) {
            pause = Math.min(pause * 2, longest);
        }
        long drawn = (long) (pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
        try {
            next = wiring.workers().later(this::turn, Duration.ofNanos(drawn));
        } catch (RejectedExecutionException e) {
            LOG.debug("the library is closed: no further round");
        }
    }

    private static Duration longest(Duration every) {
        return every.multipliedBy(6).dividedBy(5);
    }

    /** Begins no further account, and waits, at most half a minute, until those under way are stored. */
    @Override
    public void close() {
        ended = true;
        Future<?> planned = next;
        if (planned != null) {
            planned.cancel(false);
        }
        wiring.running().forget(this);
        try {
            if (turn.tryLock(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                turn.unlock();
            } else {
                LOG.warn("closing did not wait for the end of a sweep");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
