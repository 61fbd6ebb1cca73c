package dev.bulla;

import dev.bulla.audit.AuditHealth;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountChanges;
import dev.bulla.refresh.Nearing;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.UpkeepStore.Look;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Work that is to be done from time to time, on any number of nodes at once: by {@link #start}, or verb by verb from a scheduler of the
 * host's. Thread-safe.
 */
public final class Maintenance {
    private static final long KEEP_FLOWS = Duration.ofDays(1).toMillis();
    private static final int PURGE = 1000;
    private static final int PURGES = 1000;
    private static final long HOLD = Duration.ofMinutes(10).toMillis();

    private final Wiring wiring;

    Maintenance(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * Does all of this from now on, until the sweeper or the library is closed. The first round begins at once, in the background.
     *
     * <p>Each call begins one more sweeper, and does not end a former one: sweepers of one library share the work as those of several
     * nodes do, so none is needed beside the first. To go on with other settings, close the former one first.
     *
     * @throws BullaException {@code CLOSED}
     */
    public Sweeper start(SweepSettings settings) {
        return wiring.running().start(new Sweeper(wiring, this, settings));
    }

    /**
     * Refreshes host-sealed accounts that are due, at most {@code limit}, one after the other. Accounts that are sealed to a member
     * are refreshed when a session of the member uses them.
     *
     * @param limit 1 or more
     * @return counts of what happened
     * @throws BullaException {@code STORE_UNAVAILABLE} where the database is away, the rest is left for the next call; {@code CLOSED}
     */
    public Swept refreshDue(int limit) {
        return Guarded.call(() -> {
            wiring.running().refuseClosed();
            check(limit);
            Sweep sweep = new Sweep(wiring, Duration.ZERO, () -> false);
            long began = System.nanoTime();
            boolean whole = false;
            try {
                sweep.take(limit, 1);
                whole = true;
            } finally {
                wiring.notices().meter().sweepEnded(whole, Duration.ofNanos(System.nanoTime() - began));
            }
            return sweep.counts();
        });
    }

    /**
     * What became of the accounts that were taken.
     *
     * @param candidates how many were taken
     * @param refreshed got fresh tokens here
     * @param moved had been refreshed by somebody else meanwhile, or are due no more
     * @param kept got none, and go on with the present ones while these live
     * @param failed could not be refreshed; their status says why
     * @param leftOut were not tried: refreshes on their connection or at their provider failed one after the other, or the sweep was
     *     ended. They come up again within minutes
     */
    public record Swept(int candidates, int refreshed, int moved, int kept, int failed, int leftOut) {}

    /**
     * Tells {@link dev.bulla.event.AccountEvent.RefreshByAhead} of accounts that will soon need a new consent of their member: at most
     * {@code limit}. Each date is told once by all nodes together; where a node dies while it tells one, it is told again. Without a
     * listener on this node nothing is told, and nothing is looked at.
     *
     * @param lead how long before the date; never more than a third of the time that it was ahead when it was set; 0 to 3650 days
     * @param limit 1 or more
     * @return how many were told
     * @throws BullaException {@code CLOSED}
     */
    public int tellRefreshBy(Duration lead, int limit) {
        return Guarded.call(() -> {
            wiring.running().refuseClosed();
            check(limit);
            SweepSettings.checkLead(lead);
            return tellOf(lead, limit);
        });
    }

    /** The same for a sweeper, whose round ends where it is when the library closes. */
    int tellOf(Duration lead, int limit) {
        int told = 0;
        if (wiring.notices().isWanted()) {
            for (Look look : wiring.store().upkeep().looks(limit)) {
                told += tell(look, lead) ? 1 : 0;
            }
        }
        return told;
    }

    private static void check(int limit) {
        if (limit < 1) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "a limit is 1 or more");
        }
    }

    private boolean tell(Look look, Duration lead) {
        UpkeepStore upkeep = wiring.store().upkeep();
        Optional<AccountRow> row = wiring.store().accounts().find(look.tenant(), look.id());
        Optional<ConnectionRow> connection =
                row.flatMap(found -> wiring.store().connections().find(found.tenant(), found.connectionId()));
        Long at = connection.isEmpty()
                ? null
                : Nearing.tellAt(
                        row.get(),
                        wiring.registrations().find(connection.get().provider()).orElse(null),
                        lead);
        if (at == null || at > row.orElseThrow().now()) {
            upkeep.lookAgain(look, at);
            return false;
        }
        long now = row.orElseThrow().now();
        if (!upkeep.lookAgain(look, now + HOLD)) {
            return false;
        }
        long by = Objects.requireNonNull(row.get().refreshBy());
        wiring.notices().refreshByAhead(connection.orElseThrow(), row.get(), by, now);
        upkeep.lookAgain(new Look(look.tenant(), look.id(), now + HOLD), null);
        return true;
    }

    /**
     * Accounts of all tenants that changed since a cursor, as they are now: the truth about status and reason, for a host that keeps a
     * copy of it. Whoever stores the answer's cursor after dealing with the answer misses nothing, also through crashes on either side,
     * and meets a change again where the cursor was not stored. An account comes again with every change of its row, a mere refresh
     * included; a use is no change.
     *
     * <p>It is half a minute behind: a change is told when nothing earlier can become visible any more. Time is the database's, so
     * the clocks of nodes do not matter. Two things hide a change until the account's next one: a database whose clock is put back by more
     * than that, and a process that is stopped for that long exactly between its last look at the time and the commit. Events are faster,
     * and of two writers of one account they come in any order.
     *
     * <p>One reader serves all tenants: who wants some of them looks at {@link dev.bulla.model.AccountChange#tenant}. There is no cursor
     * of one tenant, because changes are indexed by time alone, so that it would read everybody's changes each time, and one index more
     * would burden every refresh.
     *
     * <p>Rows that are deleted come no more: by {@link Connections#delete}, {@link Connections#deleteWithAccounts} and {@link
     * Member#remove}, acts of the host that answer for themselves. There, and nowhere else, a host drops its copy itself.
     *
     * @param cursor of the last answer; the empty string to begin with, for all accounts that there are
     * @param limit how many at most, up to 10,000
     * @throws BullaException {@code INVALID_ARGUMENT} for what is no cursor
     */
    public AccountChanges changesSince(String cursor, int limit) {
        return Guarded.call(() -> new ChangeReader(wiring.store().upkeep()).since(cursor, limit));
    }

    /**
     * Deletes flows and grants that ended more than a day ago, and forgets webhooks that can not come again; answers how many.
     *
     * @throws BullaException {@code CLOSED}
     */
    public int purge() {
        return Guarded.call(() -> {
            wiring.running().refuseClosed();
            return purgeOld();
        });
    }

    /**
     * Deletes entries of the audit that are older than {@link dev.bulla.audit.AuditSettings#retention}.
     *
     * @param limit how many at most, 1 or more
     * @return how many
     * @throws BullaException {@code CLOSED}
     */
    public int purgeAudit(int limit) {
        return Guarded.call(() -> {
            wiring.running().refuseClosed();
            check(limit);
            return wiring.purgeAudit(limit);
        });
    }

    /** How the sinks of the audit are, on this node; for a health check. */
    public List<AuditHealth> auditHealth() {
        return wiring.trail().health();
    }

    /** The same for a sweeper, likewise. */
    int purgeOld() {
        UpkeepStore upkeep = wiring.store().upkeep();
        return purged(() -> upkeep.purgeFlows(KEEP_FLOWS, PURGE))
                + purged(() -> upkeep.purgeGrants(KEEP_FLOWS, PURGE))
                + purged(() -> upkeep.purgeWebhooks(PURGE))
                + purged(() -> upkeep.purgeBuckets(PURGE));
    }

    /** Goes on while there is more, to an end: of webhooks there may be many in an hour. */
    private int purged(IntSupplier some) {
        int all = 0;
        for (int round = 0; round < PURGES && !wiring.running().isClosing(); round++) {
            int now = some.getAsInt();
            all += now;
            if (now < PURGE) {
                break;
            }
        }
        return all;
    }
}
