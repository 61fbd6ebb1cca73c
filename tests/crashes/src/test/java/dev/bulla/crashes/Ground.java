package dev.bulla.crashes;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.store.Store;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.AuthorizationServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What outlives every kill: a PostgreSQL, the services, two nodes, and one time for all of them. */
final class Ground implements AutoCloseable {
    /** Wall time, moved ahead. */
    private final class Ahead extends Clock {
        @Override
        public Instant instant() {
            return Instant.now().plusMillis(offset.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final AtomicLong offset = new AtomicLong();
    private final EmbeddedPostgres postgres;
    private final Path ring;
    private final Map<Service, AuthorizationServer> servers = new EnumMap<>(Service.class);
    private final List<HikariDataSource> pools;

    final Relay relay;
    final Net net;
    final Store store;
    final List<Bulla> nodes;

    Ground() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_wal_size", "64MB")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
        ring = Files.createTempDirectory("bulla-crashes").resolve("ring");
        HostKeyring.create(ring);
        relay = new Relay();
        for (Service service : Service.values()) {
            AuthorizationServer server = AuthorizationServer.builder()
                    .clock(new Ahead())
                    .rotation(service.rotation)
                    .refreshLifetime(Service.Moments.LONG)
                    .user("anna", "anna-password", "Anna Example")
                    .scope("notes.read", "read notes")
                    .start();
            servers.put(service, server);
            relay.before(service, server);
        }
        net = new Net(
                postgres.getJdbcUrl("postgres", "postgres"),
                ring.toString(),
                relay.port(),
                servers.values().stream().map(AuthorizationServer::port).toList());
        pools = List.of(net.pool("survivor-1", 8), net.pool("survivor-2", 8));
        SchemaInstaller.install(pools.get(0));
        store = JdbcStore.of(pools.get(0)).withTimeOffset(offset::get);
        nodes = pools.stream()
                .map(pool ->
                        net.node(JdbcStore.of(pool).withTimeOffset(offset::get), new Ahead(), refresher -> refresher))
                .toList();
        for (Service service : Service.values()) {
            Connections owner = nodes.get(0).tenant(Net.TENANT).connections();
            String redirect =
                    owner.create(service.id(), service.id()).redirectUri().toString();
            server(service).registerClient("client", "secret", redirect);
            owner.save(service.id(), Settings.clientId("client").clientSecret("secret"));
        }
    }

    AuthorizationServer server(Service service) {
        AuthorizationServer server = servers.get(service);
        if (server == null) {
            throw new IllegalStateException(service.id());
        }
        return server;
    }

    /** How often the service, or what stands before it, was brought this refresh token. */
    int redemptions(Service service, String token) {
        return server(service).journal().redemptions(token) + relay.refused(token);
    }

    /** Moves the time of the database, the services and the sessions. Workers are told by {@link #tell}. */
    void advance(Duration by) {
        offset.addAndGet(by.toMillis());
    }

    void tell(WorkerProcess worker) {
        worker.order("time", String.valueOf(offset.get()));
    }

    /** Waits until the database has noticed that a worker is dead: nothing of it is under way any more. */
    void await(WorkerProcess dead) {
        Waits.until(
                "the database has let go of " + dead.name(),
                () -> ask("select pid::text from pg_stat_activity where application_name = ?", dead.name())
                        .isEmpty());
    }

    /** The attempts that hold a claim at this moment of database time. */
    List<String> holders() {
        return ask("select claim_by from bulla_account where claim_until > ?", store.now());
    }

    private List<String> ask(String sql, Object value) {
        List<String> answers = new ArrayList<>();
        try (Connection connection = pools.get(0).getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    answers.add(result.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return answers;
    }

    /** Ends every access token, so that only a good refresh token helps. */
    void endAccess() {
        servers.values().forEach(server -> server.service().endAccess("anna"));
    }

    /** Forgets what went over the wire. */
    void forget() {
        servers.values().forEach(server -> server.journal().clear());
        relay.forget();
    }

    String version() {
        try (Connection connection = pools.get(0).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show server_version")) {
            result.next();
            return result.getString(1).split(" ")[0];
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(Bulla::close);
        pools.forEach(HikariDataSource::close);
        servers.values().forEach(AuthorizationServer::close);
        relay.close();
        postgres.close();
        try (Stream<Path> files = Files.list(ring.getParent())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(ring.getParent());
    }
}
