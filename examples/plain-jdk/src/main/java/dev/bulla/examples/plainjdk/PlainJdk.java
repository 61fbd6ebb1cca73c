package dev.bulla.examples.plainjdk;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.pages.BullaPages;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.web.Problem;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcConnectionPool;

/** A whole host: a database in memory, a service to connect to, Bulla, and the HTTP server of the JDK. */
public final class PlainJdk implements AutoCloseable {
    static final String TENANT = "acme";

    private static final String HOME = """
            <!doctype html><title>Plain JDK</title>
            <p><a href="/bulla/">Your services</a></p>
            <p><a href="/me">Who am I at Demo Notes?</a></p>
            """;

    private final AuthorizationServer notes = AuthorizationServer.builder()
            .name("Demo Notes")
            .user("mia", "mia", "Mia Example")
            .start();
    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:plain-jdk", "", "");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final BasicLogin login = new BasicLogin();
    private final Bulla bulla;

    private PlainJdk(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        SchemaInstaller.install(database);
        HttpSettings http =
                HttpSettings.standard().reaching("127.0.0.1:" + notes.port()); // because it is no public address
        bulla = Bulla.builder()
                .store(JdbcStore.of(database))
                .environment("plain-jdk")
                .hostKeys(HostKeyring.ephemeral()) // as long as the database lives; else HostKeyring.fromFile
                .baseUri(address() + "/bulla")
                .returnTo(address() + "/")
                .http(http)
                .providers(CustomProvider.discover(
                                "notes", "Demo Notes", notes.issuer().toString(), http)
                        .create())
                .build();
        configure(bulla.tenant(TENANT).connections());

        WebHandler pages = BullaPages.of(bulla, login);
        server.createContext("/bulla/", BullaHttpHandler.of(login.before(pages)));
        server.createContext(
                "/bulla/hooks/", BullaHttpHandler.of(pages)); // services have no login: webhooks prove themselves
        server.createContext("/", BullaHttpHandler.of(login.before(this::page)));
        server.setExecutor(threads);
        server.start();
    }

    /** What an owner does once: an app at the service, whose redirect URI is known before, and its id and secret here. */
    private void configure(Connections owner) {
        URI redirect = owner.create("notes", "notes").redirectUri();
        notes.registerClient("plain-jdk", "a-secret", redirect.toString());
        owner.save("notes", Settings.clientId("plain-jdk").clientSecret("a-secret"));
    }

    private WebResponse page(WebRequest request) {
        return request.path().equals("/me")
                ? whoAmI(login.caller(request).orElseThrow().member())
                : WebResponse.html(200, HOME);
    }

    private WebResponse whoAmI(String member) {
        try (Session session = bulla.tenant(TENANT).member(member).session()) {
            return WebResponse.json(
                    200, session.call("notes", ApiRequest.get("/userinfo")).text());
        } catch (BullaException e) {
            return Problem.of(e).toResponse();
        }
    }

    /** @param port 0 takes any free one */
    public static PlainJdk start(int port) {
        try {
            return new PlainJdk(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        bulla.close();
        database.dispose();
        notes.close();
    }

    public static void main(String[] args) {
        PlainJdk host = start(Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
        Runtime.getRuntime().addShutdownHook(new Thread(host::close, "stop"));
        System.out.println(host.address() + "  (log in as alice with the password alice; at Demo Notes you are mia)");
    }
}
