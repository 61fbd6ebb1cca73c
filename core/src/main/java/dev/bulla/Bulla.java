package dev.bulla;

import dev.bulla.model.ConnectError;
import dev.bulla.webhook.WebhookAnswer;
import dev.bulla.webhook.WebhookDelivery;
import java.net.URI;
import java.util.Optional;

/**
 * The front door. One instance per host application: it is thread-safe, keeps no truth in memory, and any number of instances may
 * work on one database.
 *
 * <pre>{@code
 * Bulla bulla = Bulla.builder()
 *         .store(JdbcStore.of(dataSource))
 *         .hostKeys(HostKeyring.fromFile(path))
 *         .baseUri("https://app.example.com/bulla")
 *         .returnTo("https://app.example.com/")
 *         .providers(GitHub.create())
 *         .build();
 * }</pre>
 */
public final class Bulla implements AutoCloseable {
    private final Wiring wiring;
    private final URI baseUri;
    private final Runnable closeHttp;

    Bulla(Wiring wiring, URI baseUri, Runnable closeHttp) {
        this.wiring = wiring;
        this.baseUri = baseUri;
        this.closeHttp = closeHttp;
    }

    public static BullaBuilder builder() {
        return new BullaBuilder();
    }

    /** A tenant's view. No I/O; the host names its tenants and never changes a name. */
    public Tenant tenant(String id) {
        return new Tenant(wiring, Names.check(id, "tenant"));
    }

    /** What the host runs from time to time. */
    public Maintenance maintenance() {
        return new Maintenance(wiring);
    }

    /**
     * Answers what a service sent to {@code <base>/hooks/...}; {@link dev.bulla.web.BullaHandlers} does so. It returns as soon as what was
     * sent is verified, remembered and queued for the listeners.
     */
    public WebhookAnswer receive(WebhookDelivery delivery) {
        return wiring.receiver().receive(delivery);
    }

    /** Below this address the host answers what {@link dev.bulla.web} handles; no slash at the end. */
    public URI baseUri() {
        return baseUri;
    }

    /** The first of the host's return addresses: where a browser goes when nobody knows where it came from. */
    public URI fallbackPage() {
        return wiring.fallback().address();
    }

    /** The same page, told with the usual parameters why a browser lands there. */
    public URI fallbackPage(ConnectError error) {
        return wiring.fallback().with(error);
    }

    /**
     * The JSON document that describes this host as the client of a connection, for authorization servers that take the address of such a
     * document for a client id (OAuth Client ID Metadata Document). It is public, may be cached, and stands at {@code <base>/client/<id>};
     * {@link dev.bulla.web.BullaHandlers} serves it.
     *
     * @param id what stands behind the last slash of the address
     * @return empty where this can be no connection's id, or the base URI is not https
     */
    public Optional<String> clientDocument(String id) {
        return wiring.prospecting().document(id);
    }

    /** Ends all sessions and waits, at most half a minute, until every refresh under way is stored, then briefly for the listeners. Closes only what it made. */
    @Override
    public void close() {
        wiring.close();
        closeHttp.run();
    }
}
