package dev.bulla.handshake;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.notice.Notices;
import dev.bulla.provider.App;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowStore;
import dev.bulla.store.FlowStore.Take;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Vault;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what has arrived: a new account, or new contents of an old one. A reconnect is authoritative: it loops on fresh reads until it
 * is stored, keeps the account's id, and wins over any refresh under way. Another identity than before is not stored without an
 * explicit yes. Thread-safe.
 */
final class Storing {
    private static final Logger LOG = LoggerFactory.getLogger(Storing.class);
    private static final int ROUNDS = 100;
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Contents contents;
    private final Revoking revoking;
    private final Notices notices;

    Storing(Store store, Vault vault, KeyRows keys, Registrations registrations, Revoking revoking, Notices notices) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.contents = new Contents(store, vault, registrations);
        this.revoking = revoking;
        this.notices = notices;
    }

    /**
     * @param account as stored, or as it was found where another identity keeps it
     * @param differs true: nothing was stored, because the identity is another one
     */
    record Kept(AccountRow account, boolean differs) {}

    /**
     * Where it fails, what had arrived is revoked, unless nobody knows whether it was stored after all.
     *
     * @param anyIdentity true where the member said yes to another identity, and for forms, whose filling-in says it
     * @throws BullaException {@code CONNECTION_UNKNOWN} where connection or member went meanwhile, {@code KEY_REQUIRED_FIRST} where
     *     the owner asks for a key that the member does not have, {@code STORE_UNAVAILABLE} where many change the account at once
     * @throws StoreException after patient repetition
     */
    Kept keep(Arrival arrival, boolean anyIdentity) {
        return Objects.requireNonNull(kept(arrival, anyIdentity, new Wish()));
    }

    /**
     * The same for contents that were made of former ones, of whatever identity.
     *
     * @param sealNo number of the former contents; 0: there were none
     * @return empty where there are others by now; nothing is stored then
     */
    Optional<AccountRow> keepOver(Arrival arrival, long sealNo) {
        return Optional.ofNullable(kept(arrival, true, new Wish(sealNo))).map(Kept::account);
    }

    private @Nullable Kept kept(Arrival arrival, boolean anyIdentity, Wish wish) {
        try {
            return keep(arrival, anyIdentity, wish);
        } catch (RuntimeException e) {
            if (wish.open) {
                LOG.error("the database went away while an account was stored; whether it is there shows later");
            } else {
                discard(arrival);
            }
            throw e;
        }
    }

    /** Revokes what arrived and is not kept. A key that a member typed in stays the member's. */
    void discard(Arrival arrival) {
        App app = arrival.app();
        if (app == null && !arrival.appId().isEmpty()) {
            LOG.warn(
                    "tokens of connection {} are not kept and not revoked: their app registration is gone",
                    arrival.connection().id());
        }
        if (app != null) {
            revoking.discard(
                    arrival.connection(),
                    new Revoking.Holder(
                            arrival.member(),
                            arrival.appId(),
                            arrival.identity().subject(),
                            ""),
                    app,
                    arrival.payload());
        }
    }

    private @Nullable Kept keep(Arrival arrival, boolean anyIdentity, Wish wish) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                Kept kept = tryOnce(arrival, anyIdentity, wish);
                if (kept != null || wish.hasMoved()) {
                    return kept;
                }
            } catch (StoreException e) {
                if (!e.isRetryable() || System.nanoTime() > deadline) {
                    throw e;
                }
                LOG.warn("storing an account waits for the database: {}", e.kind());
                pause();
            }
        }
        throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the account is being changed by many at once");
    }

    /** One attempt, repeated under the same id where the answer of the database is lost: so a taken flow is not lost with it. */
    static Take take(FlowStore flows, String tenant, String id, String kind) {
        String attempt = Ids.id();
        for (int left = 2; ; left--) {
            try {
                return flows.take(tenant, id, kind, attempt);
            } catch (StoreException e) {
                if (!e.isRetryable() || left == 0) {
                    throw e;
                }
                pause();
            }
        }
    }

    static void pause() {
        LockSupport.parkNanos(
                Duration.ofMillis(ThreadLocalRandom.current().nextInt(50, 250)).toNanos());
    }

    private @Nullable Kept tryOnce(Arrival arrival, boolean anyIdentity, Wish wish) {
        String tenant = arrival.connection().tenant();
        ConnectionRow connection =
                store.connections().find(tenant, arrival.connection().id()).orElseThrow(Storing::gone);
        Lock lock = keys.lockIfThere(tenant, arrival.member()).orElseThrow(Storing::gone);
        if (ConnectionKeeper.keyFirst(connection) && lock.key() == null) {
            throw new BullaException(
                    ErrorCode.KEY_REQUIRED_FIRST, "the owner asks for a member key before an account is connected");
        }
        Optional<AccountRow> found = store.accounts().find(tenant, arrival.member(), connection.id(), arrival.label());
        if (found.filter(wish::isIn).isPresent()) {
            tell(connection, wish);
            return new Kept(found.get(), false);
        }
        wish.open = false;
        if (wish.misses(found)) {
            return null;
        }
        boolean other = found.map(AccountRow::subject)
                .filter(subject -> !subject.equals(arrival.identity().subject()))
                .isPresent();
        if (other && !anyIdentity) {
            return new Kept(found.get(), true);
        }
        AccountRow row = contents.arrived(arrival, found.orElse(null), lock);
        wish.begun(found.orElse(null), row);
        if (!written(row, found.isPresent(), lock, wish)) {
            return null;
        }
        tell(connection, wish);
        if (other) {
            endFormer(arrival, found.get());
        }
        return new Kept(asStored(row), false);
    }

    private void tell(ConnectionRow connection, Wish wish) {
        notices.connected(connection, wish.former(), wish.written());
    }

    private static BullaException gone() {
        return new BullaException(ErrorCode.CONNECTION_UNKNOWN, "the connection or the member is not there any more");
    }

    private boolean written(AccountRow row, boolean there, Lock lock, Wish wish) {
        try {
            Write write = there
                    ? store.accounts().replace(row, lock.memberKeyNo())
                    : store.accounts().insert(row, lock.memberKeyNo());
            wish.open = write == Write.DONE;
            return write == Write.DONE;
        } catch (StoreException e) {
            wish.open = e.kind() == StoreException.Kind.UNAVAILABLE;
            throw e;
        }
    }

    private AccountRow asStored(AccountRow row) {
        try {
            return store.accounts().find(row.tenant(), row.id()).orElse(row);
        } catch (StoreException e) {
            return row;
        }
    }

    /** A switch of identity leaves tokens of the former one behind: those that the host can open are revoked. */
    private void endFormer(Arrival arrival, AccountRow former) {
        if (former.sealed() == null || former.keyNo() != 0) {
            return;
        }
        try {
            revoking.revoke(arrival.connection(), former, vault.open(former, Opener.host()));
        } catch (BullaException e) {
            LOG.warn("the former tokens of account {} were not revoked: {}", former.id(), e.code());
        }
    }
}
