package dev.bulla.examples.twonodes;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.AuthorizationServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The site: a PostgreSQL, a service to connect to, a proxy, and as many nodes behind it as one likes. */
public final class TwoNodes implements AutoCloseable {
    private final AuthorizationServer notes;
    private final EmbeddedPostgres postgres;
    private final Proxy proxy;
    private final Site site;
    private final List<NodeProcess> nodes = new ArrayList<>();

    /** @param directory for the keys of the host */
    TwoNodes(Path directory, int port) throws IOException {
        notes = AuthorizationServer.builder()
                .name("Demo Notes")
                .user("alice", "alice", "Alice Example")
                .user("bob", "bob", "Bob Example")
                .user("carol", "carol", "Carol Example")
                .start();
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
        proxy = new Proxy(port);
        Path keys = directory.resolve("host-keys");
        HostKeyring.create(keys);
        site = new Site(
                proxy.origin(),
                postgres.getJdbcUrl("postgres", "postgres"),
                keys.toString(),
                notes.issuer().toString());
        setUp();
        proxy.add(node());
        proxy.add(node());
    }

    /** Once for all nodes: the schema, and what an owner does. */
    private void setUp() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(site.jdbcUrl());
            SchemaInstaller.install(pool);
            try (Bulla bulla = Node.bulla(site, pool)) {
                Connections owner = bulla.tenant(Node.TENANT).connections();
                URI redirect = owner.create(Node.CONNECTION, Node.CONNECTION).redirectUri();
                notes.registerClient("two-nodes", "a-secret", redirect.toString());
                owner.save(Node.CONNECTION, Settings.clientId("two-nodes").clientSecret("a-secret"));
            }
        }
    }

    /** One more node; the proxy does not know it yet. */
    NodeProcess node() throws IOException {
        NodeProcess node = NodeProcess.start(site);
        nodes.add(node);
        return node;
    }

    List<NodeProcess> nodes() {
        return nodes;
    }

    Proxy proxy() {
        return proxy;
    }

    AuthorizationServer notes() {
        return notes;
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(NodeProcess::close);
        proxy.close();
        postgres.close();
        notes.close();
    }

    public static void main(String[] args) throws IOException {
        TwoNodes site = new TwoNodes(
                Files.createTempDirectory("two-nodes"),
                Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                site.close();
                            } catch (IOException e) {
                                System.err.println("the database did not end");
                            }
                        },
                        "stop"));
        System.out.println(site.proxy().origin() + "  (log in as alice with the password alice)");
    }
}
