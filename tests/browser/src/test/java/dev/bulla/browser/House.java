package dev.bulla.browser;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.testkit.TestClock;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.store.InMemoryStore;
import dev.bulla.web.BullaHandlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.Executors;

/**
 * A host with everything real around it, started once for all tests: each takes a tenant of its own. The host is {@code localhost} and
 * the service {@code 127.0.0.1}: for a browser these are different sites, as they are in life.
 */
final class House {
    static final String PROVIDER = "demo-notes";

    private static final House ONLY = start();

    final TestClock clock = TestClock.at(Instant.now());
    final AuthorizationServer service;
    final Bulla bulla;
    private final String address;

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
        address = "http://localhost:" + http.getAddress().getPort();
        bulla = Bulla.builder()
                .store(InMemoryStore.on(clock::millis))
                .clock(clock)
                .hostKeys(HostKeyring.ephemeral())
                .baseUri(address + "/bulla")
                .returnTo(address + "/")
                .providers(notes())
                .http(HttpSettings.standard().reaching("127.0.0.1:" + service.port()))
                .build();
        Door door = new Door();
        http.createContext("/", BullaHttpHandler.of(door::answer));
        http.createContext("/bulla/", BullaHttpHandler.of(BullaHandlers.of(bulla, door)));
        http.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "house");
            thread.setDaemon(true);
            return thread;
        }));
        http.start();
    }

    private Provider notes() {
        OAuth2Spec.Builder spec = OAuth2Spec.builder(
                        service.at("/authorize").toString(),
                        service.at("/token").toString())
                .identity(service.at("/api/me").toString(), "id", "name")
                .revocation(RevocationCall.rfc7009(
                        service.at("/revoke").toString(), ClientAuthentication.POST, Reach.TOKEN));
        return CustomProvider.oauth2(PROVIDER, "Demo Notes", spec)
                .scopes(
                        Scope.of("notes.read", "Read notes").preset(),
                        Scope.of("notes.write", "Write notes").preset())
                .grantsPage(service.at("/grants").toString())
                .create();
    }

    /** An address of the host. */
    String at(String path) {
        return address + path;
    }

    Connections connections(String tenant) {
        return bulla.tenant(tenant).connections();
    }

    /** A connection to Demo Notes that is ready for members. */
    void ready(String tenant, String name) {
        String app = "app-of-" + tenant + "-" + name;
        Connections connections = connections(tenant);
        service.registerClient(
                app, "secret", connections.create(name, PROVIDER).redirectUri().toString());
        connections.save(name, Settings.clientId(app).clientSecret("secret"));
    }

    /** Logs a person in at the host. */
    Browser enter(Browser browser, String tenant, String person) {
        return browser.open(at(Door.login(tenant, person)));
    }
}
