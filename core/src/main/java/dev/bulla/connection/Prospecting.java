package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.notice.Notices;
import dev.bulla.oauth2.ClientRegistration;
import dev.bulla.provider.ClientMetadata;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.ServiceDiscovery;
import dev.bulla.provider.ServiceDiscovery.Found;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to services that say themselves where tokens are had: asks them, keeps what they say, and makes the host known there as a
 * client. A client is, in this order, the owner's own app, the document that the host serves, or a registration; one that is there is used
 * again. What is kept is written by one compare-and-set: where two nodes register at once, one registration stays and the other is
 * dropped. Thread-safe.
 */
public final class Prospecting {
    private static final Logger LOG = LoggerFactory.getLogger(Prospecting.class);
    private static final int ROUNDS = 20;

    /** No person did it: the service said it. */
    private static final String NOBODY = "";

    private final Store store;
    private final Registrations registrations;
    private final ProviderHttp http;
    private final String clientName;
    private final OwnerNews news;

    /** @param clientName what people read when they consent */
    public Prospecting(
            Store store, Registrations registrations, Notices notices, ProviderHttp http, String clientName) {
        this.store = store;
        this.registrations = registrations;
        this.http = http;
        this.clientName = clientName;
        this.news = new OwnerNews(store, notices);
    }

    /**
     * The document that describes the host as the client of one connection (OAuth Client ID Metadata Document). It is made of the id alone,
     * so that it says nothing about which connections there are.
     *
     * @return empty where this is no id of a connection, or the host's address is not https
     */
    public Optional<String> document(String connectionId) {
        return registrations
                .clientDocument(connectionId)
                .map(address -> ClientRegistration.document(
                        address, new ClientMetadata(clientName, registrations.callback(connectionId))));
    }

    /**
     * The fields of a connection as an owner saves them: with what the service says, where they lead to another one, or where an app is
     * saved that is to be bound to it.
     *
     * @throws BullaException as {@link #ready} does
     */
    Map<String, String> saved(
            Provider provider, Map<String, String> former, Map<String, String> plain, boolean withApp) {
        if (provider.discovery().isEmpty()) {
            return plain;
        }
        Inquiry inquiry = new Inquiry(provider.discovery().get(), http);
        boolean elsewhere = !inquiry.inputs(former).equals(inquiry.inputs(plain));
        Map<String, String> asked = elsewhere ? inquiry.inputs(plain) : plain;
        boolean wanted = elsewhere || withApp && !inquiry.isAnswered(asked);
        return wanted && Inquiry.isWhole(provider, asked) ? inquiry.with(asked, inquiry.ask(asked)) : asked;
    }

    /**
     * The connection as a consent may begin with it: where its service says itself where it is, that is asked now.
     *
     * @throws BullaException {@code NOT_CONFIGURED} where the service wants an app of the owner's; {@code ANSWER_REFUSED} where what it
     *     says is not taken; {@code PROVIDER_UNAVAILABLE} where it is away, and nothing is known from before
     */
    public ConnectionRow ready(ConnectionRow connection) {
        Provider provider = registrations.provider(connection);
        if (provider.discovery().isEmpty()) {
            return connection;
        }
        return new Visit(provider.discovery().get()).ready(connection);
    }

    /** One look at one connection, with the client that it made on the way. Used once, by one thread. */
    private final class Visit {
        private final ServiceDiscovery discovery;
        private final Inquiry inquiry;
        private @Nullable AppNotes mine;
        private @Nullable Found mineIsFor;

        Visit(ServiceDiscovery discovery) {
            this.discovery = discovery;
            this.inquiry = new Inquiry(discovery, http);
        }

        ConnectionRow ready(ConnectionRow connection) {
            ConnectionRow row = connection;
            for (int round = 0; round < ROUNDS; round++) {
                ConnectionRow done = tryOnce(row);
                if (done != null) {
                    return done;
                }
                row = reread(row);
            }
            throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the connection is being changed by many at once");
        }

        /** Null where somebody else was quicker. */
        private @Nullable ConnectionRow tryOnce(ConnectionRow row) {
            Map<String, String> fields = Notes.fields(row);
            Found found = answer(row, fields);
            if (found == null) {
                return row;
            }
            Map<String, String> next = inquiry.with(fields, found);
            ConnectionRow moved = next.equals(fields) ? row : edited(row, row.appId(), next);
            AppRow app = app(row).orElse(null);
            AppNotes client =
                    app == null ? null : registrations.opened(moved, app).orElse(null);
            if (client != null && isUsable(client, moved, found)) {
                sayDropped(row, client);
                return moved == row ? row : written(row, moved, null);
            }
            if (app != null && !registrations.isSelfMade(app)) {
                if (moved == row || written(row, moved, null) != null) {
                    throw new BullaException(
                            ErrorCode.NOT_CONFIGURED,
                            "the app was saved for another authorization server than the service names now");
                }
                return null;
            }
            AppRow made = sealed(moved, client(moved, found));
            return written(row, edited(row, made.id(), next), made);
        }

        /** Null where the service is away, and what is known from before can be used. */
        private @Nullable Found answer(ConnectionRow row, Map<String, String> fields) {
            try {
                return inquiry.ask(fields);
            } catch (ProviderException e) {
                if (e.kind() == Kind.TRANSIENT
                        && app(row).flatMap(app -> registrations.opened(row, app))
                                .isPresent()) {
                    LOG.info("the service of connection {} is away, and not asked where it is", row.id());
                    return null;
                }
                throw e;
            }
        }

        private void sayDropped(ConnectionRow row, AppNotes client) {
            if (mine != null && !mine.clientId().equals(client.clientId())) {
                LOG.info("a registration for connection {} is dropped: there is another one by now", row.id());
            }
        }

        private AppNotes client(ConnectionRow row, Found found) {
            URI document = registrations.clientDocument(row.id()).orElse(null);
            if (found.takesDocuments() && document != null) {
                return AppNotes.ofDocument(document.toString());
            }
            if (mine == null || !found.equals(mineIsFor)) {
                mine = register(row, found);
                mineIsFor = found;
            }
            return mine;
        }

        private AppNotes register(ConnectionRow row, Found found) {
            if (!found.registers()) {
                throw new BullaException(
                        ErrorCode.NOT_CONFIGURED,
                        "the service knows only clients that were registered there: it wants the client id of an app");
            }
            URI redirect = registrations.redirectUri(row).orElseThrow();
            try {
                return AppNotes.of(discovery.register(found, new ClientMetadata(clientName, redirect), http), redirect);
            } catch (ProviderException e) {
                if (e.kind() == Kind.MISCONFIGURED) {
                    throw new BullaException(ErrorCode.NOT_CONFIGURED, "the service registers no client: " + e.error());
                }
                throw e;
            }
        }
    }

    /** Whether the client may be sent to where the connection leads now; the owner's own app may wherever it is bound to. */
    private boolean isUsable(AppNotes client, ConnectionRow row, Found found) {
        if (!client.isSelfMade()) {
            return true;
        }
        return client.isDocument()
                ? found.takesDocuments()
                        && registrations
                                .clientDocument(row.id())
                                .filter(address -> address.toString().equals(client.clientId()))
                                .isPresent()
                : !client.hasEnded(store.now())
                        && registrations
                                .redirectUri(row)
                                .filter(address -> address.toString().equals(client.redirectUri()))
                                .isPresent();
    }

    private Optional<AppRow> app(ConnectionRow row) {
        return Optional.ofNullable(row.appId())
                .flatMap(id -> store.connections().findApp(row.tenant(), id))
                .filter(app -> !app.retired());
    }

    /** A row for this client: the one that has its id, or a new one. */
    private AppRow sealed(ConnectionRow row, AppNotes client) {
        AppRow base = store.connections().apps(row.tenant(), row.id()).stream()
                .filter(app -> app.clientId().equals(client.clientId()))
                .findFirst()
                .orElseGet(() -> new AppRow(Ids.id(), row.tenant(), row.id(), client.clientId(), null, 0, false, 0));
        long sealNo = base.sealNo() + 1;
        return new AppRow(
                base.id(),
                row.tenant(),
                row.id(),
                client.clientId(),
                registrations.sealApp(row, base.id(), sealNo, client),
                sealNo,
                false,
                base.createdAt());
    }

    private static ConnectionRow edited(ConnectionRow row, @Nullable String appId, Map<String, String> fields) {
        return Edit.owner(
                row,
                row.enabled(),
                row.required(),
                appId,
                row.scopes(),
                Notes.with(row, fields),
                row.sealed(),
                row.sealNo());
    }

    /** Null where the row had moved. */
    private @Nullable ConnectionRow written(ConnectionRow before, ConnectionRow next, @Nullable AppRow app) {
        long at = news.before();
        if (store.connections().update(next, app) != Write.DONE) {
            return null;
        }
        news.changed(before, next, NOBODY, at);
        return reread(before);
    }

    private ConnectionRow reread(ConnectionRow row) {
        return store.connections()
                .find(row.tenant(), row.id())
                .orElseThrow(() -> new BullaException(ErrorCode.CONNECTION_UNKNOWN, "the connection is gone"));
    }
}
