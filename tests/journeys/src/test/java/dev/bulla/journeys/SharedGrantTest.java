package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.event.AccountEvent;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Settings;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Provider.ManagedApp;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.providers.google.Google;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.net.URI;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A service knows a grant by client id and person, not by our connections: ending one account's grant must not end another's. */
class SharedGrantTest {
    private final FakeService google = FakeService.speaking(Google.create());

    private void with(FakeService service, BiConsumer<TestBulla, Connections> story) {
        try (TestBulla host = TestBulla.inMemory(service).at("2026-11-20T12:00:00Z")) {
            story.accept(host, host.bulla().tenant("acme").connections());
        }
    }

    private static void connection(Connections owner, String name, String provider, String clientId) {
        owner.create(name, provider);
        owner.save(name, Settings.clientId(clientId).clientSecret("secret"));
    }

    private static Revocation disconnect(TestBulla host, String tenant, String member, String connection) {
        return host.bulla().tenant(tenant).member(member).disconnect(connection).revocation();
    }

    @Test
    void twoConnectionsOfOneClientIdShareTheGrant() {
        with(google, (host, owner) -> {
            connection(owner, "calendar", Google.ID, "one-client");
            connection(owner, "mail", Google.ID, "one-client");
            host.connect("acme", "alice", "calendar");
            host.connect("acme", "alice", "mail");
            Member alice = host.bulla().tenant("acme").member("alice");

            assertThat(alice.disconnect("calendar").revocation()).isEqualTo(Revocation.SHARED);
            assertThat(alice.account("mail").status()).isEqualTo(AccountStatus.ACTIVE);
            assertThat(google.grants("alice")).isNotEmpty();
            assertThat(alice.disconnect("mail").revocation()).isEqualTo(Revocation.REVOKED);
            assertThat(google.grants("alice")).isEmpty();
        });
    }

    @Test
    void anotherClientIdIsAnotherGrant() {
        with(google, (host, owner) -> {
            connection(owner, "calendar", Google.ID, "one-client");
            connection(owner, "mail", Google.ID, "another-client");
            host.connect("acme", "alice", "calendar");
            host.connect("acme", "alice", "mail");
            assertThat(disconnect(host, "acme", "alice", "calendar")).isEqualTo(Revocation.REVOKED);
        });
    }

    @Test
    void anotherPersonIsAnotherGrant() {
        with(google, (host, owner) -> {
            connection(owner, "calendar", Google.ID, "one-client");
            connection(owner, "mail", Google.ID, "one-client");
            host.connect("acme", "alice", "calendar", "alice");
            host.connect("acme", "alice", "mail", "alice-at-work");
            assertThat(disconnect(host, "acme", "alice", "calendar")).isEqualTo(Revocation.REVOKED);
        });
    }

    @Test
    void anotherProviderOfTheSameServiceMayShareTheGrantOfTheMember() {
        World world = new World();
        try (world) {
            world.restartKnowing(grantWide(world, "demo"), grantWide(world, "twin"));
            URI one = world.owner().create("notes", "demo").redirectUri();
            URI other = world.owner().create("files", "twin").redirectUri();
            world.server.registerClient("one-client", "secret", one.toString(), other.toString());
            world.owner().save("notes", Settings.clientId("one-client").clientSecret("secret"));
            world.owner().save("files", Settings.clientId("one-client").clientSecret("secret"));
            world.connect("alice", "files", "anna");
            world.connect("alice", "notes", "anna");
            world.connect("ben", "notes", "ben");
            assertThat(world.member("ben").disconnect("notes").revocation()).isEqualTo(Revocation.REVOKED);
            assertThat(world.member("alice").disconnect("notes").revocation()).isEqualTo(Revocation.SHARED);
            assertThat(world.member("alice").disconnect("files").revocation()).isEqualTo(Revocation.REVOKED);
        }
    }

    @Test
    void troubleAfterTheEndDoesNotHideIt() {
        try (World world = new World()) {
            Provider provider = grantWide(world, "wide");
            world.restartKnowing(provider);
            URI one = world.owner().create("notes", "wide").redirectUri();
            URI other = world.owner().create("files", "wide").redirectUri();
            world.server.registerClient("one-client", "secret", one.toString(), other.toString());
            for (String name : new String[] {"notes", "files"}) {
                world.owner().save(name, Settings.clientId("one-client").clientSecret("secret"));
                world.connect("alice", name, "anna");
            }
            Heard heard = new Heard();
            FaultyStore faulty = new FaultyStore(world.store);
            Bulla node = world.start(
                    faulty.store(), setup -> setup.providers(provider).listener(heard));
            faulty.first("accounts.clear", () -> faulty.before("connections.list", 1));

            Member alice = node.tenant(World.TENANT).member("alice");
            assertThat(alice.disconnect("notes").revocation()).isEqualTo(Revocation.FAILED);
            assertThat(alice.account("notes").status()).isEqualTo(AccountStatus.DISCONNECTED);
            assertThat(heard.rest(node))
                    .filteredOn(AccountEvent.Disconnected.class::isInstance)
                    .extracting(event -> ((AccountEvent.Disconnected) event).revocation())
                    .containsExactly(Revocation.FAILED);
        }
    }

    private static Provider grantWide(World world, String id) {
        OAuth2Spec spec = world.spec()
                .revocation(RevocationCall.rfc7009(
                        world.server.at("/revoke").toString(), OAuth2Spec.ClientAuthentication.BASIC, Reach.GRANT))
                .build();
        return world.provider(id, spec).custom().build();
    }

    @Test
    void managedAppSharesTheGrantAcrossTenants() {
        Provider managed = Google.create().managedBy(new ManagedApp("host-app", "host-client", Secret.of("secret")));
        with(FakeService.speaking(managed), (host, owner) -> {
            for (String tenant : new String[] {"acme", "umbrella"}) {
                host.bulla().tenant(tenant).connections().create("calendar", Google.ID);
                host.connect(tenant, "alice", "calendar");
            }
            assertThat(disconnect(host, "acme", "alice", "calendar")).isEqualTo(Revocation.SHARED);
            assertThat(disconnect(host, "umbrella", "alice", "calendar")).isEqualTo(Revocation.REVOKED);
        });
    }
}
