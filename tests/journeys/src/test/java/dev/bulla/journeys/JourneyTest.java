package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.ApiResponse;
import dev.bulla.IssuedKey;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.SealedTo;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The main job from end to end: connect, use, refresh, seal to the member, rotate, reset, disconnect. */
class JourneyTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void connectedAccountIsUsedRefreshedAndDisconnected() {
        world.connection("notes");
        Landing landing = world.connect("alice", "notes", "anna");

        assertThat(landing.outcome()).isInstanceOf(Landing.Connected.class);
        assertThat(landing.location().toString())
                .startsWith(World.RETURN)
                .contains("demo_connected=true", "demo_username=Anna%20Example", "connection=notes");
        ConnectedAccount account = world.member("alice").account("notes");
        assertThat(account.displayName()).contains("Anna Example");
        assertThat(account.sealedTo()).isEqualTo(SealedTo.HOST);
        assertThat(account.scopes()).containsExactly("notes.read");

        try (Session session = world.member("alice").session()) {
            ApiResponse answer = session.call("notes", ApiRequest.get("/api/me"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("Anna Example");

            world.time.advance(Duration.ofMinutes(61));
        }
        try (Session session = world.member("alice").session()) {
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
        }
        assertThat(world.server.journal().tokenRequests()).hasSize(2);
        assertThat(world.server.journal().maxRedemptions()).isEqualTo(1);

        Disconnected gone = world.member("alice").disconnect("notes");
        assertThat(gone.revocation()).isEqualTo(Disconnected.Revocation.REVOKED);
        assertThat(world.server.grants("anna")).isEmpty();
        assertThat(world.member("alice").account("notes").status()).isEqualTo(AccountStatus.DISCONNECTED);
        try (Session session = world.member("alice").session()) {
            assertThatThrownBy(() -> session.call("notes", ApiRequest.get("/api/me")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONNECTED));
        }
    }

    @Test
    void memberKeySealsRotatesAndResets() {
        world.connection("notes");
        world.connection("other");
        world.connect("alice", "notes", "anna");
        IssuedKey issued = world.member("alice").keys().issue();
        MemberKey key = MemberKey.parse(issued.text());
        assertThat(world.member("alice").account("notes").sealedTo()).isEqualTo(SealedTo.HOST);

        world.member("alice").keys().confirm(key);
        assertThat(world.member("alice").account("notes").sealedTo()).isEqualTo(SealedTo.MEMBER);
        world.connect("alice", "other", "anna");
        assertThat(world.member("alice").account("other").sealedTo()).isEqualTo(SealedTo.MEMBER);

        try (Session without = world.member("alice").session()) {
            assertThatThrownBy(() -> without.call("notes", ApiRequest.get("/api/me")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_REQUIRED));
        }
        MemberKey second;
        try (Session session = world.member("alice").session(key)) {
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
            second = MemberKey.parse(world.member("alice").keys().rotate(key).text());
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
            world.member("alice").keys().confirm(second);
            assertThatThrownBy(() -> session.call("notes", ApiRequest.get("/api/me")))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SESSION_CLOSED));
        }
        assertThatThrownBy(() -> world.member("alice").session(key))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_WRONG));
        try (Session session = world.member("alice").session(second)) {
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
            assertThat(session.call("other", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
        }

        List<ConnectedAccount> cleared = world.member("alice").keys().reset();
        assertThat(cleared).extracting(ConnectedAccount::connection).containsExactlyInAnyOrder("notes", "other");
        assertThat(world.member("alice").account("notes").reason()).contains(Reason.KEY_RESET);
        world.connect("alice", "notes", "anna");
        assertThat(world.member("alice").account("notes").sealedTo()).isEqualTo(SealedTo.HOST);
    }
}
