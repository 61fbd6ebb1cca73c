package dev.bulla.browser;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Settings;
import dev.bulla.pages.BullaPages;
import dev.bulla.pages.PageOptions;
import dev.bulla.testkit.TestClock;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.store.InMemoryStore;
import dev.bulla.web.WebHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A host with everything real around it, started once for all tests: each takes a tenant of its own. The host is {@code localhost} and
 * the service {@code 127.0.0.1}: for a browser these are different sites, as they are in life.
 */
final class House {
    private static final House ONLY = start();

    final TestClock clock = TestClock.at(Instant.now());
    final AuthorizationServer service;
    final Bulla bulla;
    private final String address;
    private final AtomicInteger tests = new AtomicInteger();

    static House get() {
        return ONLY;
    }

    private static House start() {
        try {
            return new House();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private House() throws IOException {
        service = AuthorizationServer.builder()
                .clock(clock)
                .user("alice", "alice", "Alice Adams")
                .user("bob", "bob", "Bob Brown")
                .user("olivia", "olivia", "Olivia Owner")
                .start();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        int port = http.getAddress().getPort();
        address = "http://localhost:" + port;
        bulla = Bulla.builder()
                .store(InMemoryStore.on(clock::millis))
                .clock(clock)
                .hostKeys(HostKeyring.ephemeral())
                .baseUri(address + "/bulla")
                .returnTo(address + "/")
                .providers(
                        Services.notes(service),
                        Services.drive(service),
                        Services.walled(service, "http://127.0.0.1:" + port),
                        Services.mail("http://127.0.0.1:" + port))
                .http(HttpSettings.standard()
                        .reaching("127.0.0.1:" + service.port())
                        .reaching("127.0.0.1:" + port))
                .build();
        Door door = new Door();
        Neighbours neighbours = new Neighbours(service.at("/authorize"));
        http.createContext("/", BullaHttpHandler.of(door::answer));
        http.createContext("/stage", BullaHttpHandler.of(neighbours::stage));
        http.createContext("/walled", BullaHttpHandler.of(neighbours::walled));
        http.createContext("/mail/whoami", BullaHttpHandler.of(neighbours::mail));
        http.createContext("/bulla/", BullaHttpHandler.of(pages(door)));
        http.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "house");
            thread.setDaemon(true);
            return thread;
        }));
        http.start();
    }

    /** An address of the host. */
    String at(String path) {
        return address + path;
    }

    /** Pages that lead to services in the same window; for tenants whose name says so, in popups. */
    private WebHandler pages(Door door) {
        PageOptions options =
                PageOptions.of("House").home(URI.create(address + "/")).popupOrigins(partner(""));
        WebHandler same = BullaPages.of(bulla, door, options);
        WebHandler popups = BullaPages.of(bulla, door, options.popups());
        return request -> door.caller(request)
                        .filter(caller -> caller.tenant().startsWith("popup"))
                        .isPresent()
                ? popups.handle(request)
                : same.handle(request);
    }

    /** The same server under the name of a site whose pages may open popups. */
    String partner(String path) {
        return at(path).replace("localhost", "127.0.0.1");
    }

    /** The same server under the name of a stranger. */
    String foreign(String path) {
        return at(path).replace("localhost", "stranger.test");
    }

    /** From now on no tenant knows anything of what a former test, or a former try of the same, did there. */
    void begin() {
        tests.incrementAndGet();
    }

    /** The tenant that a test calls so. */
    String tenant(String name) {
        return name + "-" + tests.get();
    }

    /** The app of the tenant's connection to Demo Notes, or of another. */
    String app(String tenant) {
        return app(tenant, "notes");
    }

    String app(String tenant, String connection) {
        return "app-of-" + tenant(tenant) + "-" + connection;
    }

    Connections connections(String tenant) {
        return bulla.tenant(tenant(tenant)).connections();
    }

    /** A connection to Demo Notes under the name "notes", ready for members. */
    void ready(String tenant) {
        ready(tenant, "notes", Services.NOTES);
    }

    /** A connection that is ready for members to consent. */
    void ready(String tenant, String name, String provider) {
        String app = app(tenant, name);
        Connections connections = connections(tenant);
        service.registerClient(
                app, "secret", connections.create(name, provider).redirectUri().toString());
        connections.save(name, Settings.clientId(app).clientSecret("secret"));
    }

    List<ConnectedAccount> accounts(String tenant) {
        return connections(tenant).list().stream()
                .flatMap(connection -> connections(tenant).accounts(connection.name()).all().stream())
                .toList();
    }

    /** The only account of a connection. */
    ConnectedAccount account(String tenant, String name) {
        List<ConnectedAccount> all = connections(tenant).accounts(name).all();
        if (all.size() != 1) {
            throw new AssertionError(all);
        }
        return all.get(0);
    }

    /** Connects a person to "notes", in the same window. */
    void connected(Browser browser, String tenant, String person) {
        enter(browser, tenant, person).open(at("/bulla/")).press("Connect notes");
        InBrowser.logIn(browser, person).press("Allow").reads("is connected");
    }

    /** Has whoever is logged in make a key, and type it back. */
    String key(Browser browser) {
        String key = browser.open(at("/bulla/key")).press("Make my key").text("#key-text");
        browser.type("Type the key back", key).press("This is my key");
        browser.await(
                "page without the key", () -> Optional.of(browser).filter(page -> !page.offers("This is my key")));
        return key;
    }

    /** Logs a person in at the host. */
    Browser enter(Browser browser, String tenant, String person) {
        return browser.open(at(Door.login(tenant(tenant), person)));
    }
}
