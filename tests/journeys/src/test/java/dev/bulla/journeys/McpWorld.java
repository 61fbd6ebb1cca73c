package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.Provider;
import dev.bulla.providers.mcp.McpServer;
import dev.bulla.store.Store;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.service.Journal.TokenRequest;
import dev.bulla.testkit.store.InMemoryStore;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** A host whose members connect an MCP server. */
final class McpWorld implements AutoCloseable {
    static final String NAME = "team-tools";
    static final String BASE = "https://app.example.com/bulla";

    final Time time = new Time(Instant.parse("2026-11-20T12:00:00Z"));
    final McpSite site = new McpSite(time);
    final FaultyStore faults;
    final Store store;
    private final HostKeyring ring = HostKeyring.ephemeral();
    final Bulla bulla;

    McpWorld() {
        faults = new FaultyStore(InMemoryStore.on(() -> time.instant().toEpochMilli()));
        store = faults.store();
        bulla = node(BASE, provider());
    }

    static Provider provider() {
        return McpServer.at("team", "Team tools", McpSite.SERVER);
    }

    /** Another node on the same rows. */
    Bulla node(String base, Provider... providers) {
        return node(base, Baseline.open(), providers);
    }

    /** The same, with these first policies. */
    Bulla node(String base, Baseline baseline, Provider... providers) {
        return Bulla.builder()
                .store(store)
                .hostKeys(ring)
                .baseUri(base)
                .returnTo("https://app.example.com/")
                .providers(providers)
                .providers(McpServer.anywhere())
                .baseline(baseline)
                .clientName("Example assistant")
                .clock(time)
                .transport(new TestTransport(site))
                .build();
    }

    Connections owner() {
        return bulla.tenant("acme").connections();
    }

    Member alice() {
        return bulla.tenant("acme").member("alice");
    }

    ConnectStep.Redirect begin(Bulla node) {
        return (ConnectStep.Redirect) node.tenant("acme").member("alice").connect(NAME, "https://app.example.com/done");
    }

    Landing back(Bulla node, ConnectStep.Redirect step, URI callback) {
        return node.tenant("acme")
                .member("alice")
                .complete(CallbackRequest.of(callback.getPath(), callback.getRawQuery(), World.cookies(step)));
    }

    ConnectedAccount connect() {
        return connect(bulla);
    }

    ConnectedAccount connect(Bulla node) {
        return connect(node, "acme");
    }

    ConnectedAccount connect(Bulla node, String tenant) {
        Member alice = node.tenant(tenant).member("alice");
        ConnectStep.Redirect step = (ConnectStep.Redirect) alice.connect(NAME, "https://app.example.com/done");
        URI callback = site.consent(step.location(), node);
        Landing landing =
                alice.complete(CallbackRequest.of(callback.getPath(), callback.getRawQuery(), World.cookies(step)));
        assertThat(landing.outcome()).isInstanceOf(Landing.Connected.class);
        return ((Landing.Connected) landing.outcome()).account();
    }

    @Override
    public void close() {
        bulla.close();
    }

    String ask(String tool) {
        try (Session session = alice().session()) {
            return session.call(
                            NAME,
                            ApiRequest.post(
                                            "",
                                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                                                    + tool + "\",\"arguments\":{\"title\":\"t\"}}}")
                                    .header("MCP-Protocol-Version", "2026-07-28")
                                    .header("Mcp-Name", tool))
                    .text();
        }
    }

    List<TokenRequest> tokenRequests() {
        return site.service.journal().tokenRequests();
    }

    void moveIssuer() {
        site.issuer = "https://new.example.com";
        site.service.issuer("https://new.example.com");
        site.on(
                "https://new.example.com/.well-known/oauth-authorization-server",
                call -> McpSite.json(200, site.metadataFields()));
    }
}
