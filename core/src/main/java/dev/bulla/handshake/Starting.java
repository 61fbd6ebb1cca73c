package dev.bulla.handshake;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Ids;
import dev.bulla.connection.Prospecting;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectStep;
import dev.bulla.provider.App;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.Store;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Begins a flow: checks whether it may begin, makes state, PKCE and nonce, and keeps the snapshot. Thread-safe. */
public final class Starting {
    static final String KIND = "connect";

    /** How long a flow lives, by database time. */
    static final long LIFE_MILLIS = 15 * 60_000L;

    private static final int MAX_OPEN = 10;

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Registrations registrations;
    private final Prospecting prospecting;
    private final ReturnAddresses addresses;
    private final BrowserCookie cookie;
    private final ProviderHttp http;
    private final Clock clock;

    public Starting(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            Prospecting prospecting,
            ReturnAddresses addresses,
            BrowserCookie cookie,
            ProviderHttp http,
            Clock clock) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.registrations = registrations;
        this.prospecting = prospecting;
        this.addresses = addresses;
        this.cookie = cookie;
        this.http = http;
        this.clock = clock;
    }

    /** @throws BullaException that says who must act where the flow may not begin */
    public ConnectStep begin(ConnectionRow named, String member, String label, String returnTo) {
        URI back = addresses.check(returnTo);
        mayConnect(named, member);
        ConnectionRow connection = prospecting.ready(named);
        Provider provider = registrations.provider(connection);
        if (Mode.valueOf(connection.mode()) == Mode.FORM) {
            return new ConnectStep.Form(provider.form().orElseThrow().fields().stream()
                    .filter(field -> !field.rule().byFlow())
                    .toList());
        }
        OAuthFlow flow = provider.flow().orElseThrow();
        String appId = registrations.currentAppId(connection).orElseThrow(Starting::notConfigured);
        App app = registrations.app(connection, appId).orElseThrow(Starting::notConfigured);
        Optional<AccountRow> account = store.accounts().find(connection.tenant(), member, connection.id(), label);
        String state = Ids.secret();
        String browser = Ids.secret();
        FlowSnapshot snapshot = new FlowSnapshot(
                connection.revision(),
                registrations.anchor(connection),
                appId,
                app.redirectUri().toString(),
                app.instance(),
                wanted(connection, provider, account),
                Secret.of(Ids.secret()),
                Ids.secret(),
                label,
                back.toString());
        URI location = flow.authorizationUri(
                new OAuthFlow.Begin(
                        snapshot.scopes(),
                        state,
                        Ids.hash(snapshot.verifier().reveal()),
                        snapshot.nonce(),
                        account.isPresent()),
                new ProviderCall(http, clock, app));
        check(provider, location, state, snapshot);
        keep(connection, member, Ids.hash(state), Ids.hash(browser), snapshot);
        return new ConnectStep.Redirect(location, cookie.issue(Ids.hash(state), browser));
    }

    /**
     * What is asked for: the owner's choice. A service that says itself where it is also says what it wants to be asked for, and there what
     * was granted and what was found missing since is asked for too, so that a new consent takes nothing away.
     */
    private List<String> wanted(ConnectionRow connection, Provider provider, Optional<AccountRow> account) {
        List<String> chosen = Views.words(connection.scopes());
        if (provider.discovery().isEmpty()) {
            return chosen;
        }
        Set<String> all = new LinkedHashSet<>(
                chosen.isEmpty() ? provider.discovery().get().scopes(registrations.fields(connection)) : chosen);
        account.ifPresent(row -> {
            all.addAll(Views.words(row.scopes()));
            all.addAll(Views.needed(row));
        });
        return List.copyOf(all);
    }

    /**
     * Refuses what may not begin: the connection is off or incomplete, or the owner asks for a member key first. Makes the member's
     * row where it is missing: a member without one is gone.
     */
    void mayConnect(ConnectionRow connection, String member) {
        if (!connection.enabled()) {
            throw new BullaException(ErrorCode.NOT_ENABLED, "the connection is switched off");
        }
        if (!connection.complete()) {
            throw notConfigured();
        }
        if (Mode.valueOf(connection.mode()) == Mode.HOST_CREDENTIAL) {
            throw new BullaException(
                    ErrorCode.INVALID_SETTING, "the host provides the credential: there is nothing to connect");
        }
        Lock lock = keys.lock(connection.tenant(), member);
        if (ConnectionKeeper.keyFirst(connection) && lock.key() == null) {
            throw new BullaException(
                    ErrorCode.KEY_REQUIRED_FIRST, "the owner asks for a member key before an account is connected");
        }
    }

    private static BullaException notConfigured() {
        return new BullaException(ErrorCode.NOT_CONFIGURED, "the connection still misses settings");
    }

    /** Holds every provider to the parts that are core's: a URL without them would be an unprotected flow. */
    private static void check(Provider provider, URI location, String state, FlowSnapshot snapshot) {
        AddressQuery query = new AddressQuery(location);
        boolean breaks = provider.oauth2()
                .map(spec -> spec.pkce() == OAuth2Spec.Pkce.BREAKS_SERVICE)
                .orElse(false);
        boolean pkce = query.says("code_challenge_method", "S256")
                && query.says("code_challenge", Ids.hash(snapshot.verifier().reveal()));
        if (!isWeb(location)
                || !query.says("state", state)
                || !query.says("response_type", "code")
                || !query.says("redirect_uri", snapshot.redirectUri())
                || !(pkce || breaks)) {
            throw unprotected(provider);
        }
    }

    private static boolean isWeb(URI location) {
        return location.getHost() != null
                && ("https".equals(location.getScheme()) || "http".equals(location.getScheme()))
                && location.getRawFragment() == null;
    }

    private static BullaException unprotected(Provider provider) {
        return new BullaException(
                ErrorCode.SETUP,
                "provider '" + provider.id()
                        + "' made an authorization URL without state, PKCE or redirect URI as given");
    }

    private void keep(ConnectionRow connection, String member, String id, String browserHash, FlowSnapshot snapshot) {
        FlowRow row = new FlowRow(
                id,
                connection.tenant(),
                member,
                KIND,
                connection.id(),
                browserHash,
                vault.sealForHost(Purpose.FLOW, connection.tenant(), member, connection.id(), id, 1, snapshot.encode()),
                0,
                0);
        if (!store.flows().insert(row, LIFE_MILLIS, MAX_OPEN)) {
            throw new BullaException(
                    ErrorCode.TOO_MANY_FLOWS, "the member has " + MAX_OPEN + " open flows; they end within 15 minutes");
        }
    }
}
