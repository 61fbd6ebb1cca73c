package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.model.AccountChanges;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.Outcome;
import dev.bulla.store.AccountRow;
import dev.bulla.store.StoreException;
import dev.bulla.store.UpkeepStore.AccountRef;
import dev.bulla.vault.Opener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that a host runs from time to time, on any number of nodes at once. Thread-safe. */
public final class Maintenance {
    private static final long KEEP_FLOWS = Duration.ofDays(1).toMillis();
    private static final int PURGE = 1000;
    private static final long ASIDE = Duration.ofMinutes(10).toMillis();
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final Wiring wiring;

    Maintenance(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * Refreshes host-sealed accounts that are due, at most {@code limit}, one after the other. Accounts that are sealed to a member
     * are refreshed while the member's session is open.
     *
     * @return counts of what happened
     */
    public Swept refreshDue(int limit) {
        return Guarded.call(() -> {
            List<AccountRef> due =
                    new ArrayList<>(wiring.store().upkeep().due(0, (int) Math.min(limit * 4L, Integer.MAX_VALUE)));
            Collections.shuffle(due);
            int refreshed = 0;
            int failed = 0;
            for (AccountRef ref : due.subList(0, Math.min(limit, due.size()))) {
                switch (refresh(ref)) {
                    case REFRESHED, MOVED -> refreshed++;
                    case FAILED -> failed++;
                    case KEPT -> {}
                }
            }
            return new Swept(refreshed, failed);
        });
    }

    /** One account that can not be refreshed is no reason to leave out the others. */
    private Outcome.Kind refresh(AccountRef ref) {
        try {
            Optional<AccountRow> row = wiring.store().accounts().find(ref.tenant(), ref.id());
            return row.isEmpty() ? Outcome.Kind.KEPT : refresh(row.get());
        } catch (StoreException e) {
            LOG.warn("account {} was left out of a sweep: {}", ref.id(), e.kind());
            return Outcome.Kind.FAILED;
        }
    }

    private Outcome.Kind refresh(AccountRow row) {
        Outcome.Kind kind;
        try {
            kind = wiring.refresher()
                    .refresh(row.tenant(), row.id(), row.sealNo(), Opener.host(), Need.DUE)
                    .kind();
        } catch (BullaException | IllegalStateException e) {
            kind = Outcome.Kind.FAILED;
        }
        if ((kind == Outcome.Kind.FAILED || kind == Outcome.Kind.KEPT)
                && !wiring.workers().isShutdown()) {
            letOthersGoFirst(row);
        }
        return kind;
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

    /**
     * @param refreshed accounts with newer contents, by whomever
     * @param failed accounts that could not be refreshed; their status says why
     */
    public record Swept(int refreshed, int failed) {}

    /**
     * Accounts of all tenants that changed since a cursor, as they are now: the truth about status and reason, for a host that keeps a
     * copy of it. Whoever stores the answer's cursor after dealing with the answer misses nothing, also through crashes on either side,
     * and meets a change again where the cursor was not stored. An account comes again with every change of its row, a mere refresh
     * included; a use is no change.
     *
     * <p>It is half a minute behind: a change is told when nothing earlier can become visible any more. Time is the database's, so
     * the clocks of nodes do not matter; a database whose clock is put back by more than that hides changes. Events are faster.
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

    /** Deletes flows that ended more than a day ago; answers how many. */
    public int purge() {
        return Guarded.call(() -> wiring.store().upkeep().purgeFlows(KEEP_FLOWS, PURGE));
    }
}
