package dev.bulla;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.FormView;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Explanation;
import dev.bulla.model.Reason;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an owner does with a tenant's connections. Nothing here can read a member's tokens. Thread-safe.
 *
 * <p>After an upgrade a provider may ask for other fields. {@link #get}, {@link #list}, {@link #provider}, {@link #setupRequired} and every
 * change notice that, and say so by {@link dev.bulla.event.ConnectionEvent.FormChanged}: a connection that lacks what is required since is
 * not usable until it is saved, and one that lacks nothing any more is usable. A host that wants to know at once calls {@link #list} for
 * its tenants at its start.
 */
public final class Connections {
    private final Wiring wiring;
    private final ConnectionKeeper keeper;
    private final String tenant;
    private final String by;

    Connections(Wiring wiring, String tenant, String by) {
        this.wiring = wiring;
        this.keeper = wiring.connections();
        this.tenant = tenant;
        this.by = by;
    }

    /** The same, with a name for who acts: it stands in the history of the form, and in the audit. */
    public Connections by(String owner) {
        return new Connections(wiring, tenant, Names.check(owner, "owner"));
    }

    /**
     * Creates a connection in the provider's default mode: of the host's managed app where there is one. Its redirect URI is there at
     * once and never changes.
     *
     * @param name unique in the tenant: letters, digits, blanks, hyphens, underscores, colons
     * @throws BullaException {@code CONNECTION_NAME_TAKEN}, {@code INVALID_SETTING} or {@code SETUP} for an unknown provider
     */
    public Connection create(String name, String providerId) {
        return Guarded.call(() -> keeper.create(tenant, name, providerId, null, by));
    }

    public Connection create(String name, String providerId, Mode mode) {
        return Guarded.call(() -> keeper.create(tenant, name, providerId, mode, by));
    }

    /**
     * Saves a part of the settings: what is not sent keeps its value. Saved and complete means enabled.
     *
     * <p>A secret belongs to the service's address at its saving: where a part of that changes, or becomes known only afterwards, the
     * secret counts as missing until it is saved again. So save parts of the address together with the secrets, or before them.
     */
    public Saved save(String name, Settings settings) {
        return Guarded.call(() -> keeper.save(tenant, name, settings, by));
    }

    /** The owner's form of a connection, with what is set. What the host provides is not in it, and no secret. */
    public FormView form(String name) {
        return Guarded.call(() -> keeper.form(tenant, name));
    }

    /**
     * Saves what was typed into the owner's form, or into a part of it: what is not sent keeps its value, and so does a secret whose box is
     * empty. Good values are saved beside bad ones, which {@link Saved#refused} names; what the host provides can not be written here.
     */
    public Saved fill(String name, Map<String, String> values) {
        return Guarded.call(() -> keeper.fill(tenant, name, values, by));
    }

    /** @throws BullaException {@code CONNECTION_UNKNOWN} */
    public Connection get(String name) {
        return Guarded.call(() -> keeper.view(keeper.current(tenant, name)));
    }

    /** All connections of the tenant, by name. */
    public List<Connection> list() {
        return Guarded.call(() -> keeper.list(tenant));
    }

    /** What the host registered, by display name: what connections can be created of. */
    public List<Provider> providers() {
        return wiring.registrations().all();
    }

    /** The provider of a connection: its form, scopes and pages. */
    public Provider provider(String name) {
        return Guarded.call(() -> wiring.registrations().provider(keeper.current(tenant, name)));
    }

    /**
     * Why a connection does not work, as far as that is known here: what its settings lack, what must be registered at the service, and
     * what stands in the way of how many accounts. No service is asked.
     */
    public Explanation explain(String name) {
        return Guarded.call(() -> wiring.explaining().owner(tenant, name));
    }

    /** What is known of the things at a connection's service: repositories, channels, folders. */
    public Entities entities(String name) {
        return new Entities(wiring, tenant, name);
    }

    /** Who may do what on a connection, and when. What no policy permits is denied. */
    public ConnectionPolicies policies(String name) {
        return new ConnectionPolicies(wiring, tenant, name, by);
    }

    /** The tools of a connection: which there are, and which are offered. */
    public ConnectionTools tools(String name) {
        return new ConnectionTools(wiring, tenant, name, by);
    }

    /** What the service of a connection sends by itself, see {@link BullaBuilder#onWebhook}. No I/O. */
    public Webhooks webhooks(String name) {
        return new Webhooks(wiring, tenant, name, by);
    }

    public Connection enable(String name) {
        return Guarded.call(() -> keeper.enable(tenant, name, true, by));
    }

    /** Switches a connection off: the very next call of anybody is refused. Accounts and tokens stay. */
    public Connection disable(String name) {
        return Guarded.call(() -> keeper.enable(tenant, name, false, by));
    }

    /** The accounts of a connection, as views. */
    public Accounts accounts(String name) {
        return Guarded.call(() -> {
            ConnectionRow row = keeper.require(tenant, name);
            List<ConnectedAccount> views = wiring.store().accounts().ofConnection(tenant, row.id()).stream()
                    .map(account -> Views.account(account, row))
                    .toList();
            return new Accounts(views);
        });
    }

    /** The accounts of a connection. */
    public record Accounts(List<ConnectedAccount> all) {
        public Accounts {
            all = List.copyOf(all);
        }

        public long count(AccountStatus status) {
            return all.stream().filter(account -> account.status() == status).count();
        }

        /** Accounts that lack scopes which the connection asks for now, or that must be connected again anyway. */
        public List<ConnectedAccount> needingConsent() {
            return all.stream()
                    .filter(account -> account.status() == AccountStatus.RECONNECT_REQUIRED
                            || (account.ready() && !account.missingScopes().isEmpty()))
                    .toList();
        }
    }

    /**
     * Deletes a connection without accounts.
     *
     * @throws BullaException {@code CONNECTION_IN_USE} while an account holds tokens
     */
    public void delete(String name) {
        Guarded.run(() -> {
            if (!keeper.delete(tenant, name, by)) {
                throw new BullaException(
                        ErrorCode.CONNECTION_IN_USE,
                        "accounts exist on the connection: disconnect them, or delete by force");
            }
        });
    }

    /**
     * Deletes a connection with its accounts: switched off first, then every account is ended as far as the host can open it.
     *
     * @return what became of each account
     */
    public Map<ConnectedAccount, Disconnected> deleteWithAccounts(String name) {
        return Guarded.call(() -> {
            // from here on by its id: the name may be given to another connection meanwhile
            String id = keeper.enable(tenant, name, false, by).id();
            ConnectionRow row = keeper.requireId(tenant, id);
            Map<ConnectedAccount, Disconnected> ended = new LinkedHashMap<>();
            do { // again where a callback that was under way has stored one more
                for (AccountRow account : wiring.store().accounts().ofConnection(tenant, id)) {
                    if (!account.status().equals(AccountStatus.DISCONNECTED.name())) {
                        wiring.parting()
                                .end(row, account.id(), Opener.host(), Reason.DISCONNECTED_BY_OWNER)
                                .ifPresent(what -> ended.put(Views.account(account, row), what));
                    }
                }
            } while (!keeper.deleteEmptied(tenant, id, by));
            return ended;
        });
    }

    /**
     * Forgets the client as which the library made itself known to the service of a connection, so that the next consent is asked for as
     * another one: for a service that lost it, and says so in the browser only. Accounts that stand on it stay as they are.
     *
     * @return false where the client is the owner's own app, or there is none
     */
    public boolean renewClient(String name) {
        return Guarded.call(() -> {
            ConnectionRow row = keeper.require(tenant, name);
            String appId = row.appId();
            return appId != null && wiring.registrations().refused(row, appId);
        });
    }

    /** What {@link #retireOldApps} would end. */
    public OldApps oldApps(String name) {
        return Guarded.call(() -> {
            ConnectionRow row = keeper.require(tenant, name);
            List<AppRow> old = wiring.store().connections().apps(tenant, row.id()).stream()
                    .filter(app -> !app.retired() && !app.id().equals(row.appId()))
                    .toList();
            Set<String> ids = old.stream().map(AppRow::id).collect(Collectors.toSet());
            List<ConnectedAccount> accounts = wiring.store().accounts().ofConnection(tenant, row.id()).stream()
                    .filter(account -> ids.contains(account.appId()) && account.sealed() != null)
                    .map(account -> Views.account(account, row))
                    .toList();
            return new OldApps(old.stream().map(AppRow::clientId).toList(), accounts);
        });
    }

    /**
     * App registrations of a connection that were replaced by another one and still refresh what they issued.
     *
     * @param clientIds their client ids
     * @param accounts those that they issued
     */
    public record OldApps(List<String> clientIds, List<ConnectedAccount> accounts) {
        public OldApps {
            clientIds = List.copyOf(clientIds);
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * Retires every app registration of the connection but the current one: their secrets are dropped, and accounts that they issued
     * must be connected again.
     *
     * @return the accounts that must be connected again
     */
    public List<ConnectedAccount> retireOldApps(String name) {
        return Guarded.call(() -> {
            List<String> retired = keeper.retireOldApps(tenant, name, by);
            ConnectionRow row = keeper.require(tenant, name);
            return wiring.store().accounts().ofConnection(tenant, row.id()).stream()
                    .filter(account -> retired.contains(account.appId()) && account.sealed() != null)
                    .map(account -> wiring.accounts().reconnectRequired(row, account, Reason.APP_RETIRED))
                    .map(account -> Views.account(account, row))
                    .toList();
        });
    }

    /**
     * Asks every member who has connected here to connect again: after an incident at the service, say. Until they do, their accounts are
     * used no more; the tokens stay sealed, and a refresh that is under way brings none back to use, unless its answer is being written in
     * the very same moment: whoever must be sure asks again. Accounts that must be connected again anyway keep their reason.
     *
     * @return the accounts that were asked by this call
     */
    public List<ConnectedAccount> askToReconnect(String name) {
        return Guarded.call(() -> {
            ConnectionRow row = keeper.require(tenant, name);
            return wiring.store().accounts().ofConnection(tenant, row.id()).stream()
                    .filter(Connections::isLive)
                    .map(account -> wiring.accounts().reconnectRequired(row, account, Reason.OWNER_ASKED))
                    .filter(account -> Reason.OWNER_ASKED.code().equals(account.reason()))
                    .map(account -> Views.account(account, row))
                    .toList();
        });
    }

    private static boolean isLive(AccountRow account) {
        return account.sealed() != null && !account.status().equals(AccountStatus.RECONNECT_REQUIRED.name());
    }

    /** Required connections of the tenant that still miss something, with what they miss. Empty: the tenant is set up. */
    public Map<String, List<String>> setupRequired() {
        Map<String, List<String>> open = new LinkedHashMap<>();
        list().stream()
                .filter(connection -> connection.required() && !connection.usable())
                .forEach(connection -> open.put(connection.name(), connection.missing()));
        return open;
    }
}
