package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An owner asks every member of a connection to connect again. */
class AskToReconnectTest {
    private final World world = new World();
    private final FaultyStore faults = new FaultyStore(world.store);

    @BeforeEach
    void connected() {
        world.connection("notes");
        world.connection("other");
        world.connect("alice", "notes", "anna");
        world.connect("bob", "notes", "ben");
        world.connect("alice", "other", "anna");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ConnectedAccount account(String member) {
        return world.member(member).account("notes");
    }

    private static void refused(Session session) {
        assertThatExceptionOfType(CredentialUnavailable.class)
                .isThrownBy(() -> session.call("notes", ApiRequest.get("/api/me")))
                .returns(ErrorCode.RECONNECT_REQUIRED, CredentialUnavailable::code)
                .returns("owner_asked", CredentialUnavailable::reason);
    }

    @Test
    void nobodyUsesTheConnectionUntilConnectedAgain() {
        Keys.first(world.member("bob"));
        world.connect("cleo", "notes", "anna");
        world.member("cleo").disconnect("notes");
        try (Session session = world.member("alice").session()) {
            session.call("notes", ApiRequest.get("/api/me"));
            assertThat(world.owner().askToReconnect("notes"))
                    .extracting(ConnectedAccount::member)
                    .containsExactlyInAnyOrder("alice", "bob");
            refused(session);
            session.call("other", ApiRequest.get("/api/me"));
        }
        assertThat(account("bob").reason()).contains(Reason.OWNER_ASKED);
        assertThat(account("cleo").status()).isEqualTo(AccountStatus.DISCONNECTED);
        assertThat(world.owner().askToReconnect("notes")).isEmpty();

        String id = account("alice").id();
        world.connect("alice", "notes", "anna");
        assertThat(account("alice")).returns(true, ConnectedAccount::ready).returns(id, ConnectedAccount::id);
    }

    @Test
    void refreshThatIsUnderWayBringsNoneBackToUse() {
        world.member("alice").disconnect("other");
        world.member("bob").disconnect("notes");
        world.time.advance(Duration.ofMinutes(61));
        faults.first("accounts.claim", () -> world.owner().askToReconnect("notes"));
        try (Bulla node = world.start(faults.store())) {
            node.maintenance().refreshDue(10);
        }
        assertThat(account("alice"))
                .returns(AccountStatus.RECONNECT_REQUIRED, ConnectedAccount::status)
                .returns(Reason.OWNER_ASKED, account -> account.reason().orElseThrow());
    }

    @Test
    void accountThatChangesMeanwhileIsAskedAsItIsThen() {
        faults.first("accounts.mark", () -> world.connect("alice", "notes", "anna"));
        try (Bulla node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT).connections().askToReconnect("notes"))
                    .hasSize(2);
        }
        assertThat(account("alice").reason()).contains(Reason.OWNER_ASKED);
    }

    @Test
    void accountThatEndsMeanwhileIsLeftAlone() {
        faults.first("accounts.mark", () -> {
            world.member("alice").disconnect("notes");
            world.member("bob").disconnect("notes");
        });
        try (Bulla node = world.start(faults.store())) {
            assertThat(node.tenant(World.TENANT).connections().askToReconnect("notes"))
                    .isEmpty();
        }
        assertThat(account("alice").reason()).contains(Reason.DISCONNECTED_BY_MEMBER);
    }

    @Test
    void unknownConnectionIsRefused() {
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> world.owner().askToReconnect("nowhere"))
                .returns(ErrorCode.CONNECTION_UNKNOWN, BullaException::code);
    }
}
