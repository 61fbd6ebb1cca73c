package dev.bulla.vault;

import dev.bulla.error.BullaException;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
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
import java.util.function.BooleanSupplier;
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
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Begins the attempt id of contents that the host could open before; it stays until the contents are others. */
    private static final String FROM_HOST = "from-host-";

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Executor executor;
    private final BooleanSupplier closing;

    /** @param closing whether the library is being closed: nobody is waited for then */
    public Resealing(Store store, Vault vault, KeyRows keys, Executor executor, BooleanSupplier closing) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.executor = executor;
        this.closing = closing;
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
     * Seals every account of a member to the present key, waiting for claims of others. One that can not be opened does not keep the
     * others waiting. What is left is taken up at the next unlock.
     */
    public void all(String tenant, String member, Opener opener, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (AccountRow account : store.accounts().ofMember(tenant, member)) {
            try {
                while (!once(tenant, account.id(), opener) && System.nanoTime() < deadline && !closing.getAsBoolean()) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (BullaException e) {
                LOG.warn("account {} was not sealed again: {}", account.id(), e.code());
            }
        }
    }

    /** Whether these contents were sealed to the host before they were sealed to the member, so that backups may hold them so. */
    public static boolean wasSealedToHost(AccountRow row) {
        return row.keyNo() > 0 && row.attempt().startsWith(FROM_HOST);
    }

    /** False: somebody else holds the account's claim, or it moved under the hands; try again. */
    private boolean once(String tenant, String id, Opener opener) {
        AccountRow row = store.accounts().find(tenant, id).orElse(null);
        if (row == null || row.sealed() == null) {
            return true;
        }
        Lock lock = keys.lock(tenant, row.member());
        if (isDone(row, lock)) {
            return true;
        }
        if (row.claim().until() > row.now()) {
            return false;
        }
        Payload payload = vault.open(row, opener);
        String attempt = (row.keyNo() == 0 || wasSealedToHost(row) ? FROM_HOST : "") + UUID.randomUUID();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        if (!store.accounts().claim(tenant, seen, attempt, CLAIM.toMillis(), null)) {
            return false;
        }
        while (!isDone(row, lock)) {
            Write write = store.accounts().store(sealed(row, attempt, lock, payload), lock.memberKeyNo());
            if (write != Write.KEY_MOVED) {
                return write == Write.DONE;
            }
            lock = keys.lock(tenant, row.member());
        }
        return true;
    }

    /** After a reset nothing is sealed back to the host. */
    private static boolean isDone(AccountRow row, Lock lock) {
        return lock.key() == null || row.keyNo() == lock.keyNo();
    }

    private SealedWrite sealed(AccountRow row, String attempt, Lock lock, Payload payload) {
        return new SealedWrite(
                row.tenant(),
                row.member(),
                row.id(),
                attempt,
                failedBefore(row.claim()),
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
    }

    /** A settled claim says that the last try failed, which holds back the next one. One whose holder is gone says nothing. */
    private static String failedBefore(Claim claim) {
        return claim.until() == 0 ? claim.by() : "";
    }
}
