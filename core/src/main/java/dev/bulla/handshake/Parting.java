package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Reason;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Provider;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disconnects: revokes what can be opened, then drops what is sealed, whatever the service said. A refresh that stores in between is
 * seen and revoked too; one that answers later finds the number moved and revokes itself. Thread-safe.
 */
public final class Parting {
    private static final Logger LOG = LoggerFactory.getLogger(Parting.class);
    private static final int ROUNDS = 100;

    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final Revoking revoking;
    private final Notices notices;

    public Parting(Store store, Vault vault, Registrations registrations, Revoking revoking, Notices notices) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.revoking = revoking;
        this.notices = notices;
    }

    /**
     * @param opener what the member has unlocked
     * @throws BullaException {@code NOT_CONNECTED} where there is nothing to end, {@code HOST_KEY_MISSING} where this node lacks the
     *     term that locks the record: nothing is cleared then
     */
    public Disconnected disconnect(ConnectionRow connection, String accountId, Opener opener, Reason reason) {
        for (int round = 0; round < ROUNDS; round++) {
            AccountRow row = store.accounts()
                    .find(connection.tenant(), accountId)
                    .filter(account -> !account.status().equals(AccountStatus.DISCONNECTED.name()))
                    .orElseThrow(() -> new BullaException(ErrorCode.NOT_CONNECTED, "there is nothing to disconnect"));
            Revocation revocation = revoke(connection, row, opener);
            Write write = store.accounts()
                    .clear(
                            row.tenant(),
                            row.id(),
                            row.sealNo(),
                            Ids.id(),
                            AccountStatus.DISCONNECTED.name(),
                            reason.code());
            if (write == Write.DONE) {
                // whoever shared the grant may have left meanwhile: the last one out revokes
                Revocation last = revocation == Revocation.SHARED ? revokeAtLast(connection, row, opener) : revocation;
                notices.disconnected(connection, row, reason, last);
                return new Disconnected(
                        last, registrations.find(connection.provider()).flatMap(Provider::grantsPage));
            }
        }
        throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the account is being changed by many at once");
    }

    /** As {@link #disconnect}, where it does not matter who ended the account. @return empty where it was ended already */
    public Optional<Disconnected> end(ConnectionRow connection, String accountId, Opener opener, Reason reason) {
        try {
            return Optional.of(disconnect(connection, accountId, opener, reason));
        } catch (BullaException e) {
            if (e.code() == ErrorCode.NOT_CONNECTED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The account has ended here, whatever comes of this. */
    private Revocation revokeAtLast(ConnectionRow connection, AccountRow row, Opener opener) {
        try {
            return revoke(connection, row, opener);
        } catch (StoreException e) {
            LOG.warn("the grant of account {}, which has ended, is not revoked: {}", row.id(), e.kind());
        } catch (BullaException e) {
            LOG.warn("the grant of account {}, which has ended, is not revoked: {}", row.id(), e.code());
        }
        return Revocation.FAILED;
    }

    private Revocation revoke(ConnectionRow connection, AccountRow row, Opener opener) {
        boolean offered =
                registrations.find(connection).flatMap(Provider::revoker).isPresent();
        if (row.sealed() == null || !offered) {
            return Revocation.NOT_OFFERED;
        }
        Payload payload;
        try {
            payload = vault.open(row, opener);
        } catch (BullaException e) {
            return unopened(e);
        }
        return revoking.revoke(connection, row, payload);
    }

    /** A node that lacks a host key leaves the account to one that has it. */
    private static Revocation unopened(BullaException e) {
        return switch (e.code()) {
            case KEY_REQUIRED, KEY_WRONG -> Revocation.LOCKED;
            case RECORD_REFUSED -> Revocation.FAILED;
            default -> throw e;
        };
    }
}
