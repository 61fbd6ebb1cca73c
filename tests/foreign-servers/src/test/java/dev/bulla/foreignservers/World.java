package dev.bulla.foreignservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Member;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.SealedTo;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.server.Browser;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server behind the gate, a PostgreSQL, and the first process of the host, at which members connect. */
final class World implements AutoCloseable {
    static final int ACCOUNTS = 50;

    private final EmbeddedPostgres postgres;
    private final Gate gate;
    private final ForeignServer server;
    private final Evidence evidence = new Evidence();
    private final Site site;
    private final Site.Host host;

    private World(EmbeddedPostgres postgres, Gate gate, ForeignServer server, Site site) {
        this.postgres = postgres;
        this.gate = gate;
        this.server = server;
        this.site = site;
        this.host = site.open(10, new OwnDiary(evidence));
        host.bulla().tenant(Site.TENANT).connections().create(Site.CONNECTION, Site.CONNECTION);
    }

    static World with(ForeignServer server) throws IOException, InterruptedException {
        int port = freePort();
        Gate gate = Gate.before(port);
        gate.count(server.tokenPath(), server.mePath());
        server.start(port, gate.address(), ACCOUNTS);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "100")
                .setPGStartupWait(Duration.ofMinutes(2))
                .start();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        try (HikariDataSource pool = Site.pool(url, 2)) {
            SchemaInstaller.install(pool);
        }
        Path keys = Files.createTempDirectory(Path.of("target"), "host").resolve("bulla.keys");
        HostKeyring.create(keys);
        return new World(postgres, gate, server, new Site(server.issuer(gate.address()), server.mePath(), url, keys));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    ForeignServer server() {
        return server;
    }

    Gate gate() {
        return gate;
    }

    Site site() {
        return site;
    }

    Evidence evidence() {
        return evidence;
    }

    Site.Host host() {
        return host;
    }

    /** Each user of the server connects as a member of its own; every other member has a key, to which the account is sealed. */
    List<Account> connect(String prefix) {
        List<Account> accounts = new ArrayList<>();
        for (int number = 0; number < ACCOUNTS; number++) {
            accounts.add(connect(prefix + number, ForeignServer.user(number), number % 2 == 1));
        }
        return accounts;
    }

    private Account connect(String id, String user, boolean keyed) {
        Member member = host.bulla().tenant(Site.TENANT).member(id);
        MemberKey key = null;
        if (keyed) {
            key = MemberKey.parse(member.keys().issue().text());
            member.keys().confirm(key);
        }
        gate.redemptions().connecting(id);
        ConnectStep.Redirect step = (ConnectStep.Redirect) member.connect(Site.CONNECTION, Site.RETURN);
        URI callback = new Browser().authorize(step.location(), user, ForeignServer.password(user));
        Landing landing = member.complete(CallbackRequest.of(
                callback.getPath(),
                callback.getRawQuery(),
                Map.of(step.cookie().name(), step.cookie().value())));
        assertThat(landing.outcome()).as("connecting %s", id).isInstanceOf(Landing.Connected.class);
        assertThat(member.account(Site.CONNECTION).sealedTo()).isEqualTo(keyed ? SealedTo.MEMBER : SealedTo.HOST);
        return new Account(id, key);
    }

    @Override
    public void close() throws IOException {
        host.close();
        server.close();
        gate.close();
        postgres.close();
    }

    /** The process in which the test runs, told apart as node 0. */
    private record OwnDiary(Evidence evidence) implements Diary {
        private static final Evidence.Life LIFE = new Evidence.Life(0, 1);

        @Override
        public void begin(String token) {
            evidence.begin(LIFE, System.currentTimeMillis(), token);
        }

        @Override
        public void end(String token, String outcome) {
            evidence.end(LIFE, System.currentTimeMillis(), token, outcome);
        }
    }
}
