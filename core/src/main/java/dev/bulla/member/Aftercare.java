package dev.bulla.member;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.RefreshKeeper;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Resealing;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows a change of a member's key. Everything here can be stopped anywhere and is taken up at the next unlock. */
public final class Aftercare {
    private static final Logger LOG = LoggerFactory.getLogger(Aftercare.class);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Store store;
    private final Vault vault;
    private final Resealing resealing;
    private final RefreshKeeper refresher;
    private final Registrations registrations;
    private final Notices notices;
    private final Executor executor;

    public Aftercare(
            Store store,
            Vault vault,
            Resealing resealing,
            RefreshKeeper refresher,
            Registrations registrations,
            Notices notices,
            Executor executor) {
        this.store = store;
        this.vault = vault;
        this.resealing = resealing;
        this.refresher = refresher;
        this.registrations = registrations;
        this.notices = notices;
        this.executor = executor;
    }

    /** What the host alone can open is sealed at once, unless somebody is changing it; everything else follows. */
    void changed(String tenant, String member, Opener opener) {
        if (sealed(tenant, member).anyMatch(account -> account.keyNo() == 0)) {
            resealing.all(tenant, member, opener, AT_ONCE);
        }
        resume(tenant, member, opener, store.accounts().ofMember(tenant, member));
    }

    /** Takes up what an earlier change left undone: called at every unlock, with the accounts as just read. */
    void resume(String tenant, String member, Opener opener, List<AccountRow> accounts) {
        boolean undone = accounts.stream()
                .filter(account -> account.sealed() != null)
                .anyMatch(account -> account.keyNo() != opener.keyNo() || isReplacedUpstream(account, opener));
        if (undone) {
            later(tenant, () -> {
                resealing.all(tenant, member, opener, PATIENCE);
                sealed(tenant, member)
                        .filter(account -> isReplacedUpstream(account, opener))
                        .forEach(account -> replaceUpstream(account, opener));
            });
        }
    }

    private Stream<AccountRow> sealed(String tenant, String member) {
        return store.accounts().ofMember(tenant, member).stream().filter(account -> account.sealed() != null);
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

    /** Whether a refresh ends copies of these very tokens that the host could read, in backups. */
    private boolean isReplacedUpstream(AccountRow account, Opener opener) {
        return Resealing.wasSealedToHost(account)
                && (account.status().equals(AccountStatus.ACTIVE.name())
                        || account.status().equals(AccountStatus.PENDING.name()))
                && store.connections()
                        .find(account.tenant(), account.connectionId())
                        .map(registrations::provider)
                        .flatMap(Provider::refresher)
                        .filter(refresher -> refresher.style() == TokenRefresher.Style.REFRESH_TOKEN)
                        .filter(refresher -> refresher.reuse().kind() != ReuseRule.Kind.SAFE)
                        .filter(refresher -> canRefresh(refresher, account, opener))
                        .isPresent();
    }

    /** Tokens without a refresh token are never replaced, at no unlock. */
    private boolean canRefresh(TokenRefresher refresher, AccountRow account, Opener opener) {
        try {
            return refresher.canRefresh(vault.open(account, opener).tokens());
        } catch (BullaException e) {
            LOG.debug("account {} does not open: {}", account.id(), e.code());
            return false;
        }
    }

    private void replaceUpstream(AccountRow account, Opener opener) {
        try {
            refresher.refresh(account.tenant(), account.id(), account.sealNo(), opener, Need.EARLY);
        } catch (BullaException e) {
            LOG.info("tokens of account {} are not replaced yet: {}", account.id(), e.code());
        }
    }

    /**
     * Drops every record that is sealed to a lost key, and keeps whose account it was; safe to repeat.
     *
     * @param reset number of the reset: what is sealed to keys before it is lost
     * @return the accounts that were cleared by this call
     */
    List<ConnectedAccount> clearLost(String tenant, String member, int reset) {
        List<ConnectedAccount> cleared = new ArrayList<>();
        for (AccountRow first : store.accounts().ofMember(tenant, member)) {
            AccountRow row = first;
            while (row != null && row.keyNo() > 0 && row.keyNo() < reset) {
                Write write = store.accounts()
                        .clearKeepingIdentity(
                                tenant,
                                row.id(),
                                row.sealNo(),
                                Ids.id(),
                                AccountStatus.RECONNECT_REQUIRED.name(),
                                Reason.KEY_RESET.code());
                AccountRow before = row;
                row = store.accounts().find(tenant, row.id()).orElse(null);
                if (write == Write.DONE && row != null) {
                    Optional<ConnectionRow> connection = store.connections().find(tenant, row.connectionId());
                    AccountRow now = row;
                    connection.ifPresent(found -> {
                        notices.reconnectRequired(found, before, Reason.KEY_RESET);
                        cleared.add(Views.account(now, found));
                    });
                }
            }
        }
        return cleared;
    }
}
