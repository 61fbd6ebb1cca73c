package dev.bulla.handshake;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.notice.Notices;
import dev.bulla.provider.App;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.FlowStore.Take;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Lock;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives a callback. Path, state, browser and member must all match the snapshot, which is taken exactly once; only then does the
 * code leave the host, once. Thread-safe.
 */
public final class Completing {
    private static final Logger LOG = LoggerFactory.getLogger(Completing.class);

    private final Store store;
    private final Vault vault;
    private final KeyRows keys;
    private final Registrations registrations;
    private final BrowserCookie cookie;
    private final Landings landings;
    private final Storing storing;
    private final FirstChoice choices;
    private final Selecting selecting;
    private final Switching switching;
    private final Revoking revoking;
    private final Notices notices;
    private final ProviderHttp http;
    private final Clock clock;

    public Completing(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            ReturnAddresses addresses,
            ReturnParameters parameters,
            BrowserCookie cookie,
            Selecting selecting,
            Switching switching,
            Revoking revoking,
            Notices notices,
            ProviderHttp http,
            Clock clock) {
        this.store = store;
        this.vault = vault;
        this.keys = keys;
        this.registrations = registrations;
        this.cookie = cookie;
        this.landings = new Landings(store, registrations, addresses, parameters, cookie);
        this.storing = new Storing(store, vault, keys, registrations, revoking, notices);
        this.choices = new FirstChoice(store, registrations);
        this.selecting = selecting;
        this.switching = switching;
        this.revoking = revoking;
        this.notices = notices;
        this.http = http;
        this.clock = clock;
    }

    /** Never throws for anything that the browser, the service or the database brought; always answers a place to go. */
    public Landing complete(String tenant, String member, CallbackRequest request) {
        CallbackQuery query = new CallbackQuery(request.query());
        FlowRow flow = null;
        FlowSnapshot snapshot = null;
        try {
            flow = take(tenant, member, request.pathId(), query);
            match(flow, tenant, member, request);
            snapshot = FlowSnapshot.decode(vault.openForHost(
                    Purpose.FLOW, tenant, flow.member(), flow.connectionId(), flow.id(), 1, flow.sealed()));
            path(snapshot, request);
            return land(tenant, member, query, flow, snapshot);
        } catch (Stop stop) {
            return landings.failed(tenant, request, flow, snapshot, stop.code(), stop.detail());
        } catch (BullaException e) {
            LOG.warn("a callback of tenant {} failed: {}", tenant, e.code());
            String detail = e.code().name().toLowerCase(Locale.ROOT);
            return landings.failed(tenant, request, flow, snapshot, meaning(e.code()), detail);
        } catch (StoreException e) {
            LOG.error("a callback of tenant {} failed: the store is {}", tenant, e.kind());
            return landings.failed(tenant, request, flow, snapshot, ConnectError.INTERNAL_ERROR, "store_unavailable");
        } catch (RuntimeException e) { // of a provider's own code or a store's; its text may hold values
            LOG.error(
                    "a callback of tenant {} failed with {}",
                    tenant,
                    e.getClass().getName());
            return landings.failed(tenant, request, flow, snapshot, ConnectError.INTERNAL_ERROR, "unexpected");
        }
    }

    /** What a failure to store means to a browser. */
    static ConnectError meaning(ErrorCode code) {
        return switch (code) {
            case CONNECTION_UNKNOWN -> ConnectError.USERAGENT_NOT_FOUND;
            case KEY_REQUIRED_FIRST -> ConnectError.INVALID_CONFIG;
            default -> ConnectError.INTERNAL_ERROR;
        };
    }

    private FlowRow take(String tenant, String member, String pathId, CallbackQuery query) {
        String state = query.state()
                .orElseThrow(() -> new Stop(ConnectError.MISSING_PARAMS, "no state, or not one that was made here"));
        Take take = Storing.take(store.flows(), tenant, Ids.hash(state), Starting.KIND);
        return switch (take.outcome()) {
            case TAKEN -> take.row().orElseThrow();
            case UNKNOWN -> throw unknown(tenant, member, pathId);
            case USED -> throw new Stop(ConnectError.SESSION_EXPIRED, "state_used");
            case EXPIRED -> throw new Stop(ConnectError.SESSION_EXPIRED, "state_expired");
        };
    }

    /** Flows go with their connection and their member: then nobody is there to come back to. */
    private Stop unknown(String tenant, String member, String pathId) {
        if (!registrations.isCallback(tenant, pathId)) {
            return new Stop(ConnectError.USERAGENT_NOT_FOUND, "connection_gone");
        }
        return store.members().find(tenant, member).isEmpty()
                ? new Stop(ConnectError.USERAGENT_NOT_FOUND, "member_gone")
                : new Stop(ConnectError.SESSION_EXPIRED, "state_unknown");
    }

    private void match(FlowRow flow, String tenant, String member, CallbackRequest request) {
        if (!flow.tenant().equals(tenant) || !flow.member().equals(member)) {
            LOG.warn("a callback of tenant {} came back with another member logged in", tenant);
            throw new Stop(ConnectError.SESSION_EXPIRED, "other_member");
        }
        if (!cookie.matches(flow.id(), flow.browser(), request)) {
            throw new Stop(ConnectError.SESSION_EXPIRED, "other_browser");
        }
    }

    private static void path(FlowSnapshot snapshot, CallbackRequest request) {
        if (!snapshot.redirectUri().endsWith("/callback/" + request.pathId())) {
            throw new Stop(ConnectError.SESSION_EXPIRED, "other_path");
        }
    }

    private Landing land(String tenant, String member, CallbackQuery query, FlowRow flow, FlowSnapshot snapshot) {
        ConnectionRow connection = store.connections()
                .find(tenant, flow.connectionId())
                .orElseThrow(() -> new Stop(ConnectError.USERAGENT_NOT_FOUND, "connection_gone"));
        if (store.members().find(tenant, member).isEmpty()) {
            throw new Stop(ConnectError.USERAGENT_NOT_FOUND, "member_gone");
        }
        if (!connection.enabled() || !connection.complete()) {
            throw new Stop(ConnectError.INVALID_CONFIG, "connection_off");
        }
        if (ConnectionKeeper.keyFirst(connection)
                && keys.lockIfThere(tenant, member).map(Lock::key).isEmpty()) {
            throw new Stop(ConnectError.INVALID_CONFIG, "key_required_first");
        }
        Provider provider = registrations.provider(connection);
        if (!registrations.accepts(connection, snapshot.anchor())) {
            throw new Stop(ConnectError.INVALID_CONFIG, "endpoint_changed");
        }
        App live = registrations
                .app(connection, snapshot.appId())
                .orElseThrow(() -> new Stop(ConnectError.INVALID_CONFIG, "app_gone"));
        App app =
                new App(live.clientId(), live.clientSecret(), URI.create(snapshot.redirectUri()), snapshot.instance());
        ProviderCall call = new ProviderCall(notices.meter().timed(http, connection.provider()), databaseTime(), app);
        Secret code = CallbackCode.of(query, provider, call);
        FirstChoice.Before before = exchange(connection, member, provider, snapshot, code, call);
        Arrival arrival = before.arrival();
        Storing.Kept kept = storing.keep(arrival, false);
        return kept.differs()
                ? landings.differs(flow, snapshot, connection, switching.offer(arrival, kept.account()))
                : landings.connected(
                        flow,
                        snapshot,
                        connection,
                        Views.account(kept.account(), connection),
                        before.offered(),
                        selecting.outcome(connection, kept.account(), arrival));
    }

    /**
     * Database time by one read before anything is sent: no trouble of the store may come between a code and its tokens. It runs late by
     * the way of that read, never early, so that no token counts as alive for too long.
     */
    private Clock databaseTime() {
        Instant database = clock.instant();
        return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), database));
    }

    private FirstChoice.Before exchange(
            ConnectionRow connection,
            String member,
            Provider provider,
            FlowSnapshot snapshot,
            Secret code,
            ProviderCall call) {
        OAuthFlow flow = provider.flow().orElseThrow();
        Tokens tokens = talk(() -> redeem(connection, flow, snapshot, code, call));
        Payload payload = new Payload(snapshot.anchor(), tokens, Map.of());
        try {
            Identity identity = talk(() -> flow.identify(tokens, call));
            payload = payload.with(tokens.keeping(address(provider, identity)));
            if (provider.selection().isEmpty() && !registrations.isAddressed(connection, payload)) {
                throw new Stop(ConnectError.TOKEN_EXCHANGE_FAILED, "address_missing");
            }
            Arrival arrival = new Arrival(
                    connection,
                    member,
                    snapshot.label(),
                    snapshot.appId(),
                    call.app(),
                    payload,
                    identity,
                    snapshot.scopes(),
                    named(provider, tokens),
                    true);
            return choices.of(arrival, provider, call);
        } catch (RuntimeException e) {
            Revoking.Holder holder = new Revoking.Holder(member, snapshot.appId(), null, "");
            revoking.discard(connection, holder, call.app(), payload);
            throw e;
        }
    }

    private Tokens redeem(
            ConnectionRow connection, OAuthFlow flow, FlowSnapshot snapshot, Secret code, ProviderCall call) {
        try {
            return flow.complete(
                    new OAuthFlow.Completion(code, snapshot.verifier(), snapshot.nonce(), snapshot.scopes()), call);
        } catch (ProviderException e) {
            if (e.isUnknownClient()) {
                registrations.refused(connection, snapshot.appId());
            }
            throw e;
        }
    }

    /** Parts of the API's address that came with the identity: what people see of it may change, what is sealed with the tokens not. */
    private static Map<String, String> address(Provider provider, Identity identity) {
        Map<String, String> parts = new LinkedHashMap<>(identity.attributes());
        parts.keySet().retainAll(provider.accountParts());
        parts.forEach((part, value) -> {
            if (!provider.fits(part, value)) {
                throw new Stop(ConnectError.TOKEN_EXCHANGE_FAILED, "answer_refused");
            }
        });
        return parts;
    }

    private static <T> T talk(Supplier<T> step) {
        try {
            return step.get();
        } catch (ProviderException e) {
            throw new Stop(
                    e.kind() == ProviderException.Kind.MISCONFIGURED
                            ? ConnectError.INVALID_CONFIG
                            : ConnectError.TOKEN_EXCHANGE_FAILED,
                    e.error());
        } catch (BullaException e) {
            throw new Stop(
                    e.code() == ErrorCode.SETUP ? ConnectError.INTERNAL_ERROR : ConnectError.TOKEN_EXCHANGE_FAILED,
                    e.code().name());
        }
    }

    private static @Nullable List<String> named(Provider provider, Tokens tokens) {
        List<String> named = tokens.sets().values().stream()
                .map(TokenSet::scopes)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .distinct()
                .toList();
        boolean silent = tokens.sets().values().stream().allMatch(set -> set.scopes() == null);
        return silent ? null : provider.covered(named);
    }
}
