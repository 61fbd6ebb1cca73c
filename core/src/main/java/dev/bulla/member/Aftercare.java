package dev.bulla.member;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.RefreshKeeper;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Resealing;
import dev.bulla.vault.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows a change of a member's key. Everything here can be stopped anywhere and is taken up at the next unlock. */
public final class Aftercare {
    private static final Logger LOG = LoggerFactory.getLogger(Aftercare.class);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Store store;
    private final KeyRows keys;
    private final Resealing resealing;
    private final RefreshKeeper refresher;
    private final Registrations registrations;
    private final Executor executor;

    public Aftercare(
            Store store,
            KeyRows keys,
            Resealing resealing,
            RefreshKeeper refresher,
            Registrations registrations,
            Executor executor) {
        this.store = store;
        this.keys = keys;
        this.resealing = resealing;
        this.refresher = refresher;
        this.registrations = registrations;
        this.executor = executor;
    }

    /** Seals every account to the first key, then replaces tokens upstream where that ends the host-readable copies in backups. */
    void firstKey(String tenant, String member, MemberKey key) {
        Opener opener = keys.unlock(tenant, member, key).opener();
        int left = resealing.all(tenant, member, opener, AT_ONCE);
        later(tenant, () -> {
            if (left > 0) {
                resealing.all(tenant, member, opener, PATIENCE);
            }
            store.accounts().ofMember(tenant, member).forEach(account -> replaceUpstream(account, opener));
        });
    }

    void rotated(String tenant, String member, MemberKey key) {
        Opener opener = keys.unlock(tenant, member, key).opener();
        later(tenant, () -> resealing.all(tenant, member, opener, PATIENCE));
    }

    /** Takes up what an earlier change left undone: called at every unlock. */
    public void resume(String tenant, String member, Opener opener) {
        boolean undone = store.accounts().ofMember(tenant, member).stream()
                .anyMatch(account -> account.sealed() != null && account.keyNo() != opener.keyNo());
        if (undone) {
            later(tenant, () -> resealing.all(tenant, member, opener, PATIENCE));
        }
    }

    private void later(String tenant, Runnable work) {
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (BullaException e) {
                    LOG.warn("care after a key change in tenant {} stopped: {}", tenant, e.code());
                } catch (StoreException e) {
                    LOG.warn("care after a key change in tenant {} stopped: {}", tenant, e.kind());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("closing: care after a key change goes on at the next unlock");
        }
    }

    private void replaceUpstream(AccountRow account, Opener opener) {
        boolean rotates = store.connections()
                .find(account.tenant(), account.connectionId())
                .map(registrations::provider)
                .flatMap(provider -> provider.refresher())
                .filter(refresher -> refresher.style() == TokenRefresher.Style.REFRESH_TOKEN)
                .filter(refresher -> refresher.reuse().kind() != ReuseRule.Kind.SAFE)
                .isPresent();
        if (rotates && account.sealed() != null && account.status().equals(AccountStatus.ACTIVE.name())) {
            refresher.refresh(account.tenant(), account.id(), account.sealNo(), opener, Need.EARLY);
        }
    }

    /**
     * Drops every record that is sealed to a key that was reset; safe to repeat.
     *
     * @return the accounts that were cleared by this call
     */
    public List<ConnectedAccount> clearLost(String tenant, String member) {
        List<ConnectedAccount> cleared = new ArrayList<>();
        for (AccountRow first : store.accounts().ofMember(tenant, member)) {
            AccountRow row = first;
            while (row != null && row.keyNo() > 0 && row.sealed() != null) {
                Write write = store.accounts()
                        .clear(
                                tenant,
                                row.id(),
                                row.sealNo(),
                                Ids.id(),
                                AccountStatus.RECONNECT_REQUIRED.name(),
                                Reason.KEY_RESET.code());
                row = store.accounts().find(tenant, row.id()).orElse(null);
                if (write == Write.DONE && row != null) {
                    Optional<ConnectionRow> connection = store.connections().find(tenant, row.connectionId());
                    AccountRow now = row;
                    connection.ifPresent(found -> cleared.add(Views.account(now, found)));
                }
            }
        }
        return cleared;
    }
}
