package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
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
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
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
    private final Registrations registrations;
    private final ReturnAddresses addresses;
    private final ReturnParameters parameters;
    private final BrowserCookie cookie;
    private final Storing storing;
    private final Switching switching;
    private final Revoking revoking;
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
            Switching switching,
            Revoking revoking,
            ProviderHttp http,
            Clock clock) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.addresses = addresses;
        this.parameters = parameters;
        this.cookie = cookie;
        this.storing = new Storing(store, vault, keys, registrations, revoking);
        this.switching = switching;
        this.revoking = revoking;
        this.http = http;
        this.clock = clock;
    }

    /** Why a callback stops, with where that leaves the browser. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final ConnectError code;

        Stop(ConnectError code, String detail) {
            super(detail, null, false, false);
            this.code = code;
        }
    }

    /** Never throws for anything that the browser brought; always answers a place to go. */
    public Landing complete(String tenant, String member, CallbackRequest request) {
        CallbackQuery query = new CallbackQuery(request.query());
        FlowRow flow = null;
        FlowSnapshot snapshot = null;
        try {
            flow = take(tenant, query);
            match(flow, tenant, member, request);
            snapshot = FlowSnapshot.decode(vault.openForHost(
                    Purpose.FLOW, tenant, flow.member(), flow.connectionId(), flow.id(), 1, flow.sealed()));
            path(snapshot, request);
            return land(tenant, member, query, flow, snapshot);
        } catch (Stop stop) {
            return failed(tenant, request, flow, snapshot, stop.code, Objects.requireNonNull(stop.getMessage()));
        } catch (BullaException e) {
            LOG.warn("a callback of tenant {} failed: {}", tenant, e.code());
            return failed(
                    tenant,
                    request,
                    flow,
                    snapshot,
                    ConnectError.INTERNAL_ERROR,
                    e.code().name());
        }
    }

    private FlowRow take(String tenant, CallbackQuery query) {
        String state = query.state()
                .orElseThrow(() -> new Stop(ConnectError.MISSING_PARAMS, "no state, or not one that was made here"));
        Take take = store.flows().take(tenant, Ids.hash(state), Starting.KIND, Ids.id());
        return switch (take.outcome()) {
            case TAKEN -> take.row().orElseThrow();
            case UNKNOWN -> throw new Stop(ConnectError.SESSION_EXPIRED, "state_unknown");
            case USED -> throw new Stop(ConnectError.SESSION_EXPIRED, "state_used");
            case EXPIRED -> throw new Stop(ConnectError.SESSION_EXPIRED, "state_expired");
        };
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
        Provider provider = registrations.provider(connection);
        if (!registrations.accepts(connection, snapshot.anchor())) {
            throw new Stop(ConnectError.INVALID_CONFIG, "endpoint_changed");
        }
        App live = registrations
                .app(connection, snapshot.appId())
                .orElseThrow(() -> new Stop(ConnectError.INVALID_CONFIG, "app_gone"));
        App app =
                new App(live.clientId(), live.clientSecret(), URI.create(snapshot.redirectUri()), snapshot.instance());
        ProviderCall call = new ProviderCall(http, clock, app);
        Secret code = code(query, provider.flow().orElseThrow(), call);
        Arrival arrival = exchange(connection, member, provider, snapshot, code, call);
        Storing.Kept kept = kept(arrival);
        HttpUrl back = addresses.check(snapshot.returnTo());
        if (kept.differs()) {
            return switching.offer(arrival, kept.account(), back, cookie.delete(flow.id()));
        }
        var account = Views.account(kept.account(), connection);
        return new Landing(
                parameters.connected(back, provider, connection.name(), account),
                List.of(cookie.delete(flow.id())),
                new Landing.Connected(account));
    }

    private static Secret code(CallbackQuery query, OAuthFlow flow, ProviderCall call) {
        if (!query.clean()) {
            throw new Stop(ConnectError.MISSING_PARAMS, "a parameter twice, or unreadable");
        }
        String issuer = flow.issuer(call);
        Optional<String> named = query.once("iss");
        if (named.isPresent() && issuer != null && !named.get().equals(issuer)) {
            throw new Stop(ConnectError.TOKEN_EXCHANGE_FAILED, "issuer_differs");
        }
        if (named.isEmpty() && flow.issuerRequired(call)) {
            throw new Stop(ConnectError.TOKEN_EXCHANGE_FAILED, "issuer_missing");
        }
        if (query.present("error")) {
            throw new Stop(
                    ConnectError.AUTHORIZATION_DENIED,
                    denial(query.once("error").orElse("")));
        }
        if (query.carriesTokens()) {
            LOG.warn("a callback carried tokens; only codes are taken");
        }
        return Secret.of(
                query.code().orElseThrow(() -> new Stop(ConnectError.MISSING_PARAMS, "no code, or not a code")));
    }

    /** The service's error, if it is one of the standard's (RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6). */
    private static String denial(String error) {
        return switch (error) {
            case "access_denied",
                    "invalid_request",
                    "unauthorized_client",
                    "unsupported_response_type",
                    "invalid_scope",
                    "server_error",
                    "temporarily_unavailable",
                    "interaction_required",
                    "login_required",
                    "consent_required",
                    "account_selection_required" -> error;
            default -> "unrecognised_error";
        };
    }

    private Arrival exchange(
            ConnectionRow connection,
            String member,
            Provider provider,
            FlowSnapshot snapshot,
            Secret code,
            ProviderCall call) {
        OAuthFlow flow = provider.flow().orElseThrow();
        Tokens tokens = talk(() -> flow.complete(
                new OAuthFlow.Completion(code, snapshot.verifier(), snapshot.nonce(), snapshot.scopes()), call));
        try {
            Identity identity = talk(() -> flow.identify(tokens, call));
            return new Arrival(
                    connection,
                    member,
                    snapshot.label(),
                    snapshot.appId(),
                    new Payload(snapshot.anchor(), tokens, java.util.Map.of()),
                    identity,
                    snapshot.scopes(),
                    granted(tokens, snapshot.scopes()),
                    true);
        } catch (Stop stop) {
            revoking.revoke(connection, snapshot.appId(), snapshot.anchor(), tokens, null, "");
            throw stop;
        }
    }

    private Storing.Kept kept(Arrival arrival) {
        try {
            return storing.keep(arrival, false);
        } catch (BullaException | dev.bulla.store.StoreException e) {
            revoking.revoke(
                    arrival.connection(),
                    arrival.appId(),
                    arrival.payload().anchor(),
                    arrival.payload().tokens(),
                    null,
                    "");
            throw e;
        }
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

    private static List<String> granted(Tokens tokens, List<String> requested) {
        List<String> named = tokens.sets().values().stream()
                .map(TokenSet::scopes)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .distinct()
                .toList();
        boolean silent = tokens.sets().values().stream().allMatch(set -> set.scopes() == null);
        return silent ? requested : named;
    }

    private Landing failed(
            String tenant,
            CallbackRequest request,
            @Nullable FlowRow flow,
            @Nullable FlowSnapshot snapshot,
            ConnectError code,
            String detail) {
        Optional<ConnectionRow> connection =
                store.connections().find(tenant, flow == null ? request.pathId() : flow.connectionId());
        HttpUrl to = snapshot == null ? addresses.fallback() : addresses.check(snapshot.returnTo());
        return new Landing(
                parameters.failed(
                        to,
                        connection.map(registrations::provider).orElse(null),
                        connection.map(ConnectionRow::name).orElse(null),
                        code),
                flow == null ? List.of() : List.of(cookie.delete(flow.id())),
                new Landing.Failed(code, detail));
    }
}
