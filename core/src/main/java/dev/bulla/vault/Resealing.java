package dev.bulla.vault;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals accounts again, to the member's present key: after the first key, and lazily after a rotation. Every account under its own
 * claim, so that no refresh is under way meanwhile; resumable, because it looks at what a record is sealed to, not at what was done.
 * Thread-safe.
 */
public final class Resealing {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final Duration CLAIM = Duration.ofSeconds(5);

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Executor executor;

    public Resealing(Store store, Vault vault, KeyRows keys, Executor executor) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.executor = executor;
    }

    /** Seals one account again in the background; whoever holds its claim goes first, and the next opening tries again. */
    public void later(AccountRow row, Opener opener) {
        try {
            executor.execute(() -> {
                try {
                    once(row.tenant(), row.id(), opener);
                } catch (BullaException e) {
                    LOG.warn("account {} was not sealed again: {}", row.id(), e.code());
                } catch (StoreException e) {
                    LOG.warn("account {} was not sealed again: {}", row.id(), e.kind());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("closing: account {} is sealed again when it is opened next", row.id());
        }
    }

    /**
     * Seals every account of a member to the present key, waiting for claims of others.
     *
     * @return how many are still sealed otherwise when patience is over: they are taken up at the next unlock
     */
    public int all(String tenant, String member, Opener opener, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        int left = 0;
        for (AccountRow account : store.accounts().ofMember(tenant, member)) {
            while (!once(tenant, account.id(), opener)) {
                if (System.nanoTime() > deadline) {
                    left++;
                    break;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
        return left;
    }

    /** False: somebody else holds the account's claim, or it moved under the hands; try again. */
    private boolean once(String tenant, String id, Opener opener) {
        AccountRow row = store.accounts().find(tenant, id).orElse(null);
        if (row == null || row.sealed() == null) {
            return true;
        }
        Lock lock = keys.lock(tenant, row.member());
        if (row.keyNo() == lock.keyNo()) {
            return true;
        }
        if (lock.key() == null) {
            throw new BullaException(ErrorCode.KEY_ROW_REFUSED, "nothing is sealed back to the host");
        }
        String attempt = UUID.randomUUID().toString();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        if (row.claim().until() > row.now() || !store.accounts().claim(tenant, seen, attempt, CLAIM.toMillis(), null)) {
            return false;
        }
        Payload payload;
        try {
            payload = vault.open(row, opener);
        } catch (BullaException e) {
            release(row, attempt);
            throw e;
        }
        return store(row, attempt, lock, payload);
    }

    private boolean store(AccountRow row, String attempt, Lock lock, Payload payload) {
        SealedWrite write = new SealedWrite(
                row.tenant(),
                row.member(),
                row.id(),
                attempt,
                vault.seal(row, row.sealNo() + 1, lock, payload),
                row.sealNo() + 1,
                lock.keyNo(),
                row.status(),
                row.reason(),
                null,
                null,
                null,
                null,
                true);
        boolean done = store.accounts().store(write, lock.memberKeyNo()) == Write.DONE;
        if (!done) {
            release(row, attempt);
        }
        return done;
    }

    private void release(AccountRow row, String attempt) {
        store.accounts()
                .settle(
                        row.tenant(),
                        row.id(),
                        row.sealNo(),
                        attempt,
                        row.status(),
                        row.reason(),
                        row.refreshAt(),
                        row.claim().intent() != null);
    }
}
