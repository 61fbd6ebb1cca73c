package dev.bulla.examples.twonodes;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.SweepSettings;
import dev.bulla.error.BullaException;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.key.HostKeyring;
import dev.bulla.pages.BullaPages;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.web.Problem;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One process of the host. It says the port on which it listens, and ends in good order at SIGTERM. */
final class Node implements AutoCloseable {
    static final String TENANT = "acme";
    static final String CONNECTION = "notes";

    private static final String HOME = """
            <!doctype html><title>Two nodes</title><p>This is process %d.</p>
            <p><a href="/bulla/">Your services</a></p>
            <p><a href="/me">Who am I at Demo Notes?</a></p>
            """;

    private final HikariDataSource pool = new HikariDataSource();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Bulla bulla;
    private final Login login = new Login();

    Node(Site site) throws IOException {
        pool.setJdbcUrl(site.jdbcUrl());
        bulla = bulla(site, pool);
        bulla.maintenance().start(SweepSettings.standard()); // on every node: they share the work

        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        WebHandler pages = BullaPages.of(bulla, login);
        server.createContext("/bulla/", BullaHttpHandler.of(login.before(pages)));
        server.createContext(
                "/bulla/hooks/", BullaHttpHandler.of(pages)); // services have no login: webhooks prove themselves
        server.createContext("/", BullaHttpHandler.of(login.before(this::page)));
        server.setExecutor(threads);
        server.start();
    }

    /** The same on every node; also what an owner's tools would use. */
    static Bulla bulla(Site site, HikariDataSource pool) {
        HttpSettings http = HttpSettings.standard()
                .reaching(URI.create(site.issuer()).getAuthority()); // because it is no public address
        return Bulla.builder()
                .store(JdbcStore.of(pool))
                .environment("two-nodes")
                .hostKeys(HostKeyring.fromFile(Path.of(site.keys())))
                .baseUri(site.origin() + "/bulla")
                .returnTo(site.origin() + "/")
                .http(http)
                .providers(CustomProvider.discover(CONNECTION, "Demo Notes", site.issuer(), http)
                        .create())
                .build();
    }

    private WebResponse page(WebRequest request) {
        long process = ProcessHandle.current().pid();
        WebResponse answer = request.path().equals("/me")
                ? whoAmI(login.caller(request).orElseThrow().member())
                : WebResponse.html(200, HOME.formatted(process));
        return answer.header("Served-By", String.valueOf(process));
    }

    /** Calls the service as the member, who need not have connected on this node. */
    private WebResponse whoAmI(String member) {
        try (Session session = bulla.tenant(TENANT).member(member).session()) {
            return WebResponse.json(
                    200, session.call(CONNECTION, ApiRequest.get("/userinfo")).text());
        } catch (BullaException e) {
            return Problem.of(e).toResponse();
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Finishes what it has begun and takes nothing new; then Bulla waits for refreshes under way, so that no token is lost. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            boolean finished = threads.awaitTermination(20, TimeUnit.SECONDS);
            server.stop(finished ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bulla.close();
        pool.close();
    }

    public static void main(String[] args) throws IOException {
        Node node = new Node(Site.from(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        System.out.println("listening on " + node.port());
    }
}
