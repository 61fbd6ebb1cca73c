package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.Outcome;
import dev.bulla.store.AccountRow;
import dev.bulla.store.UpkeepStore.AccountRef;
import dev.bulla.vault.Opener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Work that a host runs from time to time, on any number of nodes at once. Thread-safe. */
public final class Maintenance {
    private static final long KEEP_FLOWS = Duration.ofDays(1).toMillis();
    private static final int PURGE = 1000;

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
            List<AccountRef> due = new ArrayList<>(wiring.store().upkeep().due(Math.multiplyExact(limit, 4)));
            Collections.shuffle(due);
            int refreshed = 0;
            int failed = 0;
            for (AccountRef ref : due.subList(0, Math.min(limit, due.size()))) {
                Optional<AccountRow> row = wiring.store().accounts().find(ref.tenant(), ref.id());
                if (row.isEmpty()) {
                    continue;
                }
                switch (refresh(row.get())) {
                    case REFRESHED, MOVED -> refreshed++;
                    case FAILED -> failed++;
                    case KEPT -> {}
                }
            }
            return new Swept(refreshed, failed);
        });
    }

    private Outcome.Kind refresh(AccountRow row) {
        try {
            return wiring.refresher()
                    .refresh(row.tenant(), row.id(), row.sealNo(), Opener.host(), Need.DUE)
                    .kind();
        } catch (BullaException e) { // one account that can not be refreshed is no reason to leave out the others
            return Outcome.Kind.FAILED;
        }
    }

    /**
     * @param refreshed accounts with newer contents, by whomever
     * @param failed accounts that could not be refreshed; their status says why
     */
    public record Swept(int refreshed, int failed) {}

    /** Deletes flows that ended more than a day ago; answers how many. */
    public int purge() {
        return Guarded.call(() -> wiring.store().upkeep().purgeFlows(KEEP_FLOWS, PURGE));
    }
}
