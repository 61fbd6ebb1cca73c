package dev.bulla.use;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Ids;
import dev.bulla.connection.RecentConnections;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Reason;
import dev.bulla.model.Refreshed;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Tokens;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.Outcome;
import dev.bulla.refresh.RefreshKeeper;
import dev.bulla.refresh.Standing;
import dev.bulla.refresh.When;
import dev.bulla.store.AccountGlance;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Resealing;
import dev.bulla.vault.Vault;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one member in one session. A warm call is one slim read; sealed bytes are fetched and opened only when their
 * number is new. Thread-safe.
 */
public final class AccountUse {
    private static final int ROUNDS = 3;

    private final Store store;
    private final Registrations registrations;
    private final RefreshKeeper refresher;
    private final LastUsed lastUsed;
    private final Lookup lookup;
    private final Sights sights;
    private final Contents contents;
    private final Notices notices;
    private final String tenant;
    private final String member;
    private volatile Opener opener;

    public AccountUse(
            Store store,
            Vault vault,
            ConnectionKeeper connections,
            Registrations registrations,
            RefreshKeeper refresher,
            Resealing resealing,
            LastUsed lastUsed,
            RecentConnections recents,
            Notices notices,
            String tenant,
            String member,
            Opener opener,
            List<AccountRow> seen) {
        this.opener = opener;
        this.store = store;
        this.registrations = registrations;
        this.refresher = refresher;
        this.lastUsed = lastUsed;
        this.lookup = new Lookup(store, connections, recents, tenant, member, seen);
        this.sights = new Sights(store, lookup, tenant, member, () -> this.opener);
        this.contents = new Contents(store, vault, lookup, registrations, resealing, notices, tenant, member);
        this.notices = notices;
        this.tenant = tenant;
        this.member = member;
    }

    /** Forgets everything that is open and what it was opened with, and keeps nothing open from now on. */
    public void forget() {
        contents.forget();
        opener = Opener.host();
        lookup.forget();
        sights.forget();
    }

    /**
     * What stands behind a name at this very call, before anything is said of the account's own state. A warm one is one slim read.
     *
     * @throws BullaException {@code CONNECTION_UNKNOWN}; {@code SESSION_CLOSED} where the member's key was replaced
     */
    public Sighting see(String connection, String label) {
        return sights.see(connection, label);
    }

    /**
     * A credential that may be used now, refreshed where that is due.
     *
     * @throws BullaException that says who must act
     */
    public Opened open(Sighting seen) {
        AccountGlance glance = seen.glance();
        if (glance != null) {
            return ready(glance, seen);
        }
        seen.refuseDisabled();
        if (Mode.valueOf(seen.connection().mode()) == Mode.HOST_CREDENTIAL) {
            return contents.hostCredential(seen.connection());
        }
        throw Standing.notConnected();
    }

    private Opened ready(AccountGlance glance, Sighting seen) {
        check(glance);
        Opened opened = contents.of(glance, seen, opener);
        lastUsed.note(tenant, glance.id(), glance.now());
        Long end = glance.expiresAt();
        boolean ended = end != null && end <= glance.now();
        Long due = glance.refreshAt();
        if (due == null || due > glance.now()) {
            return ended ? ended(glance, opened, due) : opened;
        }
        if (!ended && !When.mandatory(glance.now(), due, end)) {
            refresher.begin(tenant, glance.id(), glance.sealNo(), opener, Need.DUE);
            return opened;
        }
        return refreshed(glance, opened, ended);
    }

    private Opened ended(AccountGlance glance, Opened opened, @Nullable Long due) {
        if (due != null) {
            return refreshed(glance, opened, true);
        }
        AccountRow row = store.accounts().find(tenant, glance.id()).orElseThrow(Standing::notConnected);
        if (row.sealNo() != glance.sealNo()) {
            return moved(glance.id());
        }
        if (row.claim().intent() != null) {
            return refreshed(glance, opened, true);
        }
        contents.giveUp(opened.connection(), row, Reason.GRANT_EXPIRED);
        throw Standing.reconnect(Reason.GRANT_EXPIRED.code());
    }

    private Opened refreshed(AccountGlance glance, Opened opened, boolean ended) {
        Outcome outcome = refresher.refresh(tenant, glance.id(), glance.sealNo(), opener, Need.DUE);
        return switch (outcome.kind()) {
            case REFRESHED, MOVED -> moved(glance.id());
            case KEPT -> opened;
            case FAILED -> {
                BullaException failure = Objects.requireNonNull(outcome.failure());
                if (ended || !failure.isRetryable()) {
                    throw failure;
                }
                yield opened;
            }
        };
    }

    /**
     * Refreshes now.
     *
     * @throws BullaException that says who must act
     */
    public Refreshed renew(String connection, String label) {
        ConnectionRow row = lookup.connection(connection);
        if (Mode.valueOf(row.mode()) == Mode.HOST_CREDENTIAL) {
            return Refreshed.NOT_OFFERED;
        }
        Lookup.Found found = lookup.fresh(row, label);
        AccountGlance glance = found == null ? null : sights.glance(found);
        if (glance == null) {
            throw Standing.notConnected();
        }
        Sighting seen = sights.of(row, glance, found);
        check(glance);
        Opened opened = contents.of(glance, seen, opener);
        Tokens granted = opened.payload().tokens().granted();
        if (registrations
                .provider(opened.connection())
                .refresher()
                .filter(refresher -> refresher.canRefresh(granted))
                .isEmpty()) {
            return Refreshed.NOT_OFFERED;
        }
        Outcome outcome = refresher.refresh(tenant, glance.id(), opened.sealNo(), opener, Need.EARLY);
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        return outcome.kind() == Outcome.Kind.KEPT ? Refreshed.KEPT : Refreshed.REFRESHED;
    }

    /**
     * The service refused this credential with a 401: refreshes once for all who were refused with it.
     *
     * @param rejected the access token that was sent; of several sets another may be replaced first
     * @return newer contents, or empty where there is no way to get some
     */
    public Optional<Opened> refused(Opened opened, Secret rejected) {
        if (opened.accountId().isEmpty()) {
            return Optional.empty();
        }
        Opened newest = opened;
        for (int round = 0; round < ROUNDS; round++) {
            Outcome outcome = refresher.refresh(tenant, opened.accountId(), newest.sealNo(), opener, Need.REFUSED);
            switch (outcome.kind()) {
                case REFRESHED, MOVED -> newest = moved(opened.accountId());
                case KEPT -> {
                    return Optional.empty();
                }
                case FAILED -> throw Objects.requireNonNull(outcome.failure());
            }
            if (!holds(newest, rejected)) {
                return Optional.of(newest);
            }
            if (outcome.kind() == Outcome.Kind.REFRESHED) {
                if (outcome.failure() != null) {
                    throw outcome.failure();
                }
                return Optional.of(newest);
            }
        }
        return Optional.empty();
    }

    /** Whether the account's connection is still switched on, with the rules that it had then. */
    public boolean isAsSeen(Sighting seen) {
        AccountGlance then = seen.glance();
        return then == null
                || store.accounts()
                        .glance(tenant, then.id())
                        .filter(now -> now.enabled() && now.rulesNo() == seen.rulesNo())
                        .isPresent();
    }

    /**
     * The token in place of one that the service refused: the present one, where that is another already, else a fresh one.
     *
     * @param present as {@link #ready} gave it
     * @throws CredentialUnavailable where there is no other, and as {@link #refused} does
     */
    public Secret replaced(Opened present, Secret rejected) {
        if (!isMainToken(present, rejected)) {
            notices.meter().suppressed(present.connection().provider());
            return present.mainToken();
        }
        return refused(present, rejected)
                .filter(opened -> !isMainToken(opened, rejected))
                .map(Opened::mainToken)
                .orElseThrow(() -> new CredentialUnavailable(
                        present.accountId().isEmpty() ? ErrorCode.APP_REFUSED : ErrorCode.GRANT_REFUSED,
                        "",
                        "the service refuses the present token, and there is no way to another"));
    }

    private static boolean isMainToken(Opened opened, Secret token) {
        return Ids.same(opened.mainToken().reveal(), token.reveal());
    }

    /** As contents do that were only sealed again, and those in which another set was replaced. */
    private static boolean holds(Opened opened, Secret token) {
        return opened.payload().tokens().sets().values().stream()
                .anyMatch(set -> set.accessToken().matches(token));
    }

    private Opened moved(String accountId) {
        AccountGlance glance = store.accounts().glance(tenant, accountId).orElseThrow(Standing::notConnected);
        check(glance);
        return contents.of(glance, null, opener);
    }

    private void check(AccountGlance glance) {
        if (!glance.enabled()) {
            throw Sighting.disabled();
        }
        sights.checkKey(glance);
        CredentialUnavailable refusal = Standing.refusal(glance.status(), glance.reason());
        if (refusal != null) {
            contents.forget(glance.id());
            throw refusal;
        }
        if (glance.keyNo() != 0 && opener.keyNo() == 0) {
            throw new CredentialUnavailable(ErrorCode.KEY_REQUIRED, "", "the account is sealed to the member's key");
        }
    }
}
