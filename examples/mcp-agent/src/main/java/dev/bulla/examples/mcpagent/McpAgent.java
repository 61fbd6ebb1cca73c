package dev.bulla.examples.mcpagent;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.integrations.mcp.BullaMcpHandler;
import dev.bulla.integrations.mcp.Tenants;
import dev.bulla.key.Grant;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Settings;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.server.Browser;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcConnectionPool;

/** A host with a service, a tool of it, a member who has connected it, and an MCP server for the member's agents. */
public final class McpAgent implements AutoCloseable {
    static final String TENANT = "acme";

    private final AuthorizationServer notes = AuthorizationServer.builder()
            .name("Demo Notes")
            .user("mia", "mia", "Mia Example")
            .start();
    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:mcp-agent", "", "");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Bulla bulla;
    private final MemberKey key;

    private McpAgent(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        SchemaInstaller.install(database);
        HttpSettings http =
                HttpSettings.standard().reaching("127.0.0.1:" + notes.port()); // because it is no public address
        bulla = Bulla.builder()
                .store(JdbcStore.of(database))
                .environment("mcp-agent")
                .hostKeys(HostKeyring.ephemeral()) // as long as the database lives; else HostKeyring.fromFile
                .baseUri(address() + "/bulla")
                .returnTo(address() + "/")
                .http(http)
                .providers(CustomProvider.discover(
                                "notes", "Demo Notes", notes.issuer().toString(), http)
                        .create())
                .tools(
                        "notes",
                        Tool.named("who_am_i")
                                .description("Says whose account at Demo Notes this is")
                                .http(HttpTemplate.get("/userinfo"))
                                .build(),
                        Tool.named("forget_me")
                                .description("Deletes the account at Demo Notes")
                                .http(HttpTemplate.delete("/userinfo"))
                                .build())
                .build();
        configure(bulla.tenant(TENANT).connections());
        key = connected(bulla.tenant(TENANT).member("alice"));

        server.createContext(
                "/mcp/",
                BullaHttpHandler.of(BullaMcpHandler.builder(bulla, Tenants.behind("/mcp/"))
                        .called("mcp-agent", "1")
                        .build()));
        server.setExecutor(threads);
        server.start();
    }

    /** What an owner does once: an app at the service, whose redirect URI is known before, and its id and secret here. */
    private void configure(Connections owner) {
        URI redirect = owner.create("notes", "notes").redirectUri();
        notes.registerClient("mcp-agent", "a-secret", redirect.toString());
        owner.save("notes", Settings.clientId("mcp-agent").clientSecret("a-secret"));
    }

    /** What a member does once, in a browser: a key of her own, and a yes at the service. */
    private MemberKey connected(Member alice) {
        MemberKey shown = MemberKey.parse(alice.keys().issue().text());
        alice.keys().confirm(shown);
        ConnectStep.Redirect step = (ConnectStep.Redirect) alice.connect("notes", address() + "/");
        URI callback = new Browser().authorize(step.location(), "mia", "mia");
        alice.complete(CallbackRequest.of(
                callback.getPath(),
                callback.getRawQuery(),
                Map.of(step.cookie().name(), step.cookie().value())));
        return shown;
    }

    /** What a member hands to an agent: some of what she may do, for today. */
    public String grant() {
        try (Session session = bulla.tenant(TENANT).member("alice").session(key)) {
            return session.grant(Grant.connections("notes").lasting(Duration.ofHours(8)))
                    .text();
        }
    }

    /** @param port 0 takes any free one */
    public static McpAgent start(int port) {
        try {
            return new McpAgent(port);
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
        McpAgent host = start(Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")));
        Runtime.getRuntime().addShutdownHook(new Thread(host::close, "stop"));
        System.out.println("MCP server:    " + host.address() + "/mcp/" + TENANT);
        System.out.println("Authorization: Bearer " + host.grant() + "   (shown once, for eight hours)");
    }
}
