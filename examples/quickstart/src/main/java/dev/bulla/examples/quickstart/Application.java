package dev.bulla.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.key.HostKeyring;
import dev.bulla.pages.BullaPages;
import dev.bulla.pages.PageOptions;
import dev.bulla.providers.github.GitHub;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.AuthorizationServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Everything that runs, put together. */
final class Application implements AutoCloseable {
    private final AuthorizationServer service;
    private final HikariDataSource pool = new HikariDataSource();
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Bulla bulla;

    /** @param clock the time of everything here, the database's included: the system's, unless a test moves it */
    static Application start(Settings settings, Clock clock) {
        try {
            Files.createDirectories(settings.data());
            return new Application(settings, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Application(Settings settings, Clock clock) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), settings.port()), 0);
        service = DemoService.start(settings, clock);
        pool.setJdbcUrl(settings.jdbcUrl());
        pool.setUsername(settings.jdbcUser());
        pool.setPassword(settings.jdbcPassword());
        SchemaInstaller.install(pool);

        bulla = Bulla.builder()
                .store(JdbcStore.of(pool).withTimeOffset(() -> clock.millis() - System.currentTimeMillis()))
                .clock(clock)
                .environment("quickstart")
                .hostKeys(hostKeys(settings.data().resolve("host-keys")))
                .baseUri(address() + "/bulla")
                .returnTo(address() + "/")
                .providers(DemoService.provider(service), GitHub.create())
                // Bulla calls public addresses over https only; the demo service is the one exception.
                .http(HttpSettings.standard().reaching("127.0.0.1:" + service.port()))
                .build();

        Visitors visitors = new Visitors();
        PageOptions options = PageOptions.of("Bulla quickstart").home(URI.create("/"));
        http.createContext("/", BullaHttpHandler.of(new HomePages(bulla, visitors, service.at("/apps"))));
        http.createContext("/bulla/", BullaHttpHandler.of(BullaPages.of(bulla, visitors, options)));
        http.setExecutor(threads);
        http.start();
    }

    private static HostKeyring hostKeys(Path file) {
        return Files.exists(file) ? HostKeyring.fromFile(file) : HostKeyring.create(file);
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    String serviceAddress() {
        return service.issuer().toString();
    }

    /** The demo service last, because Bulla ends what is under way there first. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
        bulla.close();
        pool.close();
        service.close();
    }
}
