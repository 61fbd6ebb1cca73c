package dev.bulla.testkit.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulla.testkit.service.Grant;
import dev.bulla.testkit.service.Journal;
import dev.bulla.testkit.service.Misfortunes;
import dev.bulla.testkit.service.OAuthService;
import dev.bulla.testkit.service.Rotation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real OAuth 2.0 and OpenID Connect server on the loopback address: login and consent pages, PKCE, rotating refresh tokens with
 * reuse detection, revocation, a small protected API, and misfortune to order. It is for tests and demonstrations; nothing in it is
 * hardened against the world. Thread-safe.
 *
 * <p>It stands on the JDK's server, whose answers may wait 40 ms each for the client: tests are faster with
 * {@code -Dsun.net.httpserver.nodelay=true}.
 */
public final class AuthorizationServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationServer.class);

    private interface Handler {
        void handle(Visit visit) throws IOException;
    }

    private final OAuthService service;
    private final HttpServer http;
    private final ExecutorService threads;
    private final URI issuer;

    private AuthorizationServer(Builder builder) throws IOException {
        service = builder.service;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), builder.port), 0);
        int port = http.getAddress().getPort();
        issuer = URI.create("http://127.0.0.1:" + port);
        service.issuer(issuer.toString());
        if (builder.file != null) {
            StateFile file = new StateFile(builder.file, service);
            file.load();
            service.afterChange(file::save);
        }
        route(new PageHandlers(service, new Sessions(port), new Pages(builder.name)));
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "authorization-server-" + port);
            thread.setDaemon(true);
            return thread;
        });
        http.setExecutor(threads);
        CompletableFuture.runAsync(http::start, threads)
                .join(); // its own thread is a daemon by that: no failed host is kept alive
    }

    private void route(PageHandlers pages) {
        ProtocolHandlers protocol = new ProtocolHandlers(service);
        ApiHandlers api = new ApiHandlers(service);
        on("/", pages::home);
        on("/authorize", pages::authorize);
        on("/login", pages::login);
        on("/logout", pages::logout);
        on("/grants", pages::grants);
        on("/apps", pages::apps);
        on("/token", protocol::token);
        on("/revoke", protocol::revoke);
        on("/jwks", protocol::jwks);
        on("/.well-known/openid-configuration", protocol::metadata);
        on("/.well-known/oauth-authorization-server", protocol::metadata);
        on("/userinfo", api::userinfo);
        on("/api/me", api::me);
        on("/api/notes", api::notes);
    }

    private void on(String path, Handler handler) {
        http.createContext(path, exchange -> answer(exchange, handler));
    }

    private static void answer(HttpExchange exchange, Handler handler) {
        try {
            handler.handle(new Visit(exchange));
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400);
        } catch (IOException | RuntimeException e) {
            LOG.debug(
                    "{} failed: {}",
                    exchange.getRequestURI().getPath(),
                    e.getClass().getSimpleName());
            refuse(exchange, 500);
        }
    }

    private static void refuse(HttpExchange exchange, int status) {
        try {
            exchange.sendResponseHeaders(status, -1);
        } catch (IOException e) {
            LOG.debug("the answer was under way already");
        }
        exchange.close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** {@code http://127.0.0.1:port}; also the base of every endpoint. */
    public URI issuer() {
        return issuer;
    }

    /** An address of this server, such as {@code /token}. */
    public URI at(String path) {
        return issuer.resolve(path);
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** Registers an app while the server runs; a known id is registered anew. A null secret makes a public client. */
    public void registerClient(String id, @Nullable String secret, String... redirectUris) {
        service.client(id, id, secret, List.of(redirectUris));
    }

    /** Registers an app that proves itself by {@code private_key_jwt} (RFC 7523). @param keys its public JWK set */
    public void registerKeyClient(String id, String keys, String... redirectUris) {
        service.keyClient(id, id, keys, List.of(redirectUris));
    }

    /** The apps that may use this user's account at the moment. */
    public List<Grant> grants(String user) {
        return service.grants(user);
    }

    /** What has gone over the wire. */
    public Journal journal() {
        return service.journal();
    }

    /** Orders misfortune for coming token requests. */
    public Misfortunes misfortunes() {
        return service.misfortunes();
    }

    /** The logic behind the pages, for what this class has no method for. */
    public OAuthService service() {
        return service;
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    /** Settings of a server. Not thread-safe. */
    public static final class Builder {
        private final OAuthService service = new OAuthService();
        private int port;
        private String name = "Demo Notes";
        private @Nullable Path file;

        private Builder() {
            service.scope("openid", "Know who you are")
                    .scope("profile", "See your name")
                    .scope("email", "See your e-mail address")
                    .scope("offline_access", "Stay connected while you are away")
                    .scope("notes.read", "Read your notes")
                    .scope("notes.write", "Write notes for you");
        }

        /** 0, the default, takes any free port. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** What the pages call the service. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder clock(Clock clock) {
            service.clock(clock);
            return this;
        }

        /** One hour where nothing else is said. */
        public Builder accessLifetime(Duration life) {
            service.accessLifetime(life);
            return this;
        }

        /** Thirty days where nothing else is said; counted anew for each rotated token. */
        public Builder refreshLifetime(Duration life) {
            service.refreshLifetime(life);
            return this;
        }

        /** {@link Rotation#STRICT} where nothing else is said. */
        public Builder rotation(Rotation rotation) {
            service.rotation(rotation);
            return this;
        }

        /** Whether revoking one token ends everything between user and app. */
        public Builder revocationEndsGrant(boolean value) {
            service.revocationEndsGrant(value);
            return this;
        }

        /** One more scope that apps may ask for. */
        public Builder scope(String scope, String description) {
            service.scope(scope, description);
            return this;
        }

        public Builder user(String user, String password, String displayName) {
            service.user(user, password, displayName);
            return this;
        }

        public Builder client(String id, @Nullable String secret, String... redirectUris) {
            service.client(id, id, secret, List.of(redirectUris));
            return this;
        }

        /**
         * Keeps apps, grants and the signing key in this file over restarts. Tokens and client secrets stand in it as digests; the
         * signing key stands in it as it is. Users are named anew at each start.
         */
        public Builder persistTo(Path path) {
            file = path;
            return this;
        }

        /** @throws UncheckedIOException where the port is taken or the file unreadable */
        public AuthorizationServer start() {
            try {
                return new AuthorizationServer(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
