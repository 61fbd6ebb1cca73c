package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refresh tokens belong to the app that got them: a new client id waits for a new consent, a new secret does not. */
class AppReplacementTest {
    private final World world = new World();

    @BeforeEach
    void connected() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void replaceApp() {
        String redirect = world.owner().get("notes").redirectUri().toString();
        world.server.registerClient("newer", "newer-secret", redirect);
        world.owner().save("notes", Settings.clientId("newer").clientSecret("newer-secret"));
    }

    private String refreshedBy() {
        int before = world.tokenRequests();
        world.time.advance(Duration.ofMinutes(61));
        try (Session session = world.member("alice").session()) {
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
        }
        assertThat(world.tokenRequests()).isEqualTo(before + 1);
        return world.server.journal().tokenRequests().get(before).clientId();
    }

    @Test
    void accountStaysOnItsAppUntilItIsConnectedAgain() {
        replaceApp();
        assertThat(refreshedBy()).isEqualTo("client-notes");
        assertConnected(world.connect("alice", "notes", "anna"));
        assertThat(refreshedBy()).isEqualTo("newer");
        assertThat(world.owner().retireOldApps("notes")).isEmpty();
        assertThat(refreshedBy()).isEqualTo("newer");
    }

    @Test
    void replacedSecretAppliesAtOnce() {
        String redirect = world.owner().get("notes").redirectUri().toString();
        world.server.registerClient("client-notes", "rolled", redirect);
        world.owner().save("notes", Settings.none().clientSecret("rolled"));
        assertThat(refreshedBy()).isEqualTo("client-notes");
    }

    @Test
    void retiringTheOldAppAsksItsMembersToConnectAgain() {
        world.connect("bob", "notes", "ben");
        replaceApp();
        assertConnected(world.connect("bob", "notes", "ben"));
        assertThat(world.owner().oldApps("notes").clientIds()).containsExactly("client-notes");
        assertThat(world.owner().oldApps("notes").accounts())
                .extracting(ConnectedAccount::member)
                .containsExactly("alice");
        List<ConnectedAccount> asked = world.owner().retireOldApps("notes");
        assertThat(asked).extracting(ConnectedAccount::member).containsExactly("alice");
        assertThat(asked)
                .allSatisfy(account -> assertThat(account)
                        .returns(AccountStatus.RECONNECT_REQUIRED, ConnectedAccount::status)
                        .returns(Reason.APP_RETIRED, a -> a.reason().orElseThrow()));
        assertThat(world.member("bob").account("notes").ready()).isTrue();
        try (Session session = world.member("alice").session()) {
            assertThatThrownBy(() -> session.call("notes", ApiRequest.get("/api/me")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED));
        }
        assertConnected(world.connect("alice", "notes", "anna"));
        assertThat(refreshedBy()).isEqualTo("newer");
    }

    @Test
    void retiredAppComesBackOnlyWithItsSecret() {
        replaceApp();
        world.owner().retireOldApps("notes");
        assertThat(world.owner()
                        .save("notes", Settings.clientId("client-notes"))
                        .missing())
                .containsExactly(Settings.CLIENT_SECRET);
        assertThat(world.owner().oldApps("notes").clientIds()).isEqualTo(List.of("newer"));
    }

    @Test
    void refusedAppTouchesNoAccount() {
        world.owner().save("notes", Settings.none().clientSecret("mistyped"));
        world.time.advance(Duration.ofMinutes(61));
        try (Session session = world.member("alice").session()) {
            assertThatThrownBy(() -> session.call("notes", ApiRequest.get("/api/me")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.APP_REFUSED));
        }
        assertThat(world.member("alice").account("notes").ready()).isTrue();
    }
}
