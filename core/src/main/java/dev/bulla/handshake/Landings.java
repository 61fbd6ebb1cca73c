package dev.bulla.handshake;

import dev.bulla.connection.Registrations;
import dev.bulla.error.Obstacle;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Sight;
import dev.bulla.provider.Symptom;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.Store;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a callback leaves the browser. Never throws: also with the database away there is a place to go. Thread-safe. */
final class Landings {
    private static final Logger LOG = LoggerFactory.getLogger(Landings.class);

    private final Store store;
    private final Registrations registrations;
    private final ReturnAddresses addresses;
    private final ReturnParameters parameters;
    private final BrowserCookie cookie;

    Landings(
            Store store,
            Registrations registrations,
            ReturnAddresses addresses,
            ReturnParameters parameters,
            BrowserCookie cookie) {
        this.store = store;
        this.registrations = registrations;
        this.addresses = addresses;
        this.parameters = parameters;
        this.cookie = cookie;
    }

    /** @param outcome connected, or with a choice ahead */
    Landing connected(
            FlowRow flow,
            FlowSnapshot snapshot,
            ConnectionRow connection,
            ConnectedAccount account,
            List<Option> offered,
            Landing.Outcome outcome) {
        return new Landing(
                parameters.connected(
                        back(snapshot), registrations.provider(connection), connection.name(), account, offered),
                List.of(cookie.delete(flow.id())),
                outcome);
    }

    Landing differs(FlowRow flow, FlowSnapshot snapshot, ConnectionRow connection, Landing.IdentityDiffers outcome) {
        return new Landing(
                parameters.failed(
                        back(snapshot),
                        registrations.provider(connection),
                        connection.name(),
                        ConnectError.IDENTITY_DIFFERS.code()),
                List.of(cookie.delete(flow.id())),
                outcome);
    }

    /**
     * @param flow what was taken; without one the path names the connection
     * @param snapshot null where browser or member do not match: then nobody knows where this browser came from
     */
    Landing failed(
            String tenant,
            CallbackRequest request,
            @Nullable FlowRow flow,
            @Nullable FlowSnapshot snapshot,
            ConnectError code,
            String detail) {
        Optional<ConnectionRow> connection = connection(tenant, flow == null ? request.pathId() : flow.connectionId());
        return new Landing(
                parameters.failed(
                        snapshot == null ? addresses.fallback() : back(snapshot),
                        connection.flatMap(this::provider).orElse(null),
                        connection.map(ConnectionRow::name).orElse(null),
                        code == ConnectError.NOTHING_TO_CHOOSE ? detail : code.code()),
                flow == null ? List.of() : List.of(cookie.delete(flow.id())),
                new Landing.Failed(code, detail, advice(connection, code, detail)));
    }

    /** Where the redirect URI is said to differ, or may, the right one is said with it. */
    private Obstacle advice(Optional<ConnectionRow> connection, ConnectError code, String detail) {
        boolean sent = code == ConnectError.AUTHORIZATION_DENIED || code == ConnectError.NOTHING_TO_CHOOSE;
        Sight.Kind kind = sent ? Sight.Kind.CALLBACK : Sight.Kind.EXCHANGE;
        Obstacle advice = connection
                .flatMap(this::provider)
                .flatMap(provider -> Symptom.of(provider).stream()
                        .filter(symptom -> symptom.shows(kind, detail))
                        .findFirst()
                        .map(symptom -> symptom.obstacle(provider)))
                .orElseGet(() -> new Landing.Failed(code, detail).advice());
        return detail.contains("redirect_uri") || detail.equals("invalid_request")
                ? connection
                        .filter(row -> provider(row).isPresent())
                        .flatMap(registrations::redirectUri)
                        .map(uri -> advice.about(List.of(uri.toString())))
                        .orElse(advice)
                : advice;
    }

    private URI back(FlowSnapshot snapshot) {
        return addresses.orFallback(snapshot.returnTo());
    }

    private Optional<ConnectionRow> connection(String tenant, String id) {
        try {
            return store.connections().find(tenant, id);
        } catch (RuntimeException e) {
            LOG.warn(
                    "the connection of a callback can not be named: {}",
                    e.getClass().getName());
            return Optional.empty();
        }
    }

    private Optional<Provider> provider(ConnectionRow connection) {
        return registrations.find(connection.provider());
    }
}
