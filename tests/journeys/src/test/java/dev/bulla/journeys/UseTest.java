package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.ApiResponse;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Landing;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls through an open session: what they read, where they may go, and what ends them. */
class UseTest {
    private final Stage stage = Stage.inMemory();
    private Session session;

    @BeforeEach
    void open() {
        stage.connected();
        session = stage.alice().session();
    }

    @AfterEach
    void close() {
        session.close();
        stage.close();
    }

    private ErrorCode refusal(ApiRequest request) {
        return Stage.failure(() -> session.call("notes", request)).code();
    }

    private long apiCalls() {
        return stage.world.server.journal().apiCalls().size();
    }

    @Test
    void warmCallReadsOnceAndSlimly() {
        stage.watched.forget();
        session.call("notes", Stage.ME);
        assertThat(stage.watched.counts())
                .containsEntry("accounts.glance", 1)
                .containsEntry("accounts.find", 1)
                .doesNotContainKeys("members.find", "members.findOrCreate");

        stage.watched.forget();
        session.call("notes", Stage.ME);
        assertThat(stage.watched.counts()).isEqualTo(Map.of("accounts.glance", 1));
    }

    @Test
    void unlockAndFirstCallReadNothingTwice() {
        Member ben = stage.world.member("ben");
        MemberKey key = Keys.first(ben);
        stage.world.connect("ben", "notes", "ben");
        unlockAndCall(ben, key);
        stage.watched.forget();
        unlockAndCall(ben, key);
        assertThat(stage.watched.counts())
                .isEqualTo(Map.of("accounts.ofMember", 1, "members.find", 1, "accounts.glance", 1));
    }

    private static void unlockAndCall(Member member, MemberKey key) {
        try (Session opened = member.session(key)) {
            assertThat(opened.call("notes", Stage.ME).status()).isEqualTo(200);
        }
    }

    @Test
    void whatWasReadAtTheUnlockIsNotUsedOnceItHasChanged() {
        Member ben = stage.world.member("ben");
        MemberKey key = Keys.first(ben);
        stage.world.connect("ben", "notes", "ben");
        unlockAndCall(ben, key);
        try (Session early = ben.session(key);
                Session other = ben.session(key)) {
            stage.world.connect("ben", "notes", "ben");
            String token = Stage.token(early);
            assertThat(stage.lives(token)).isTrue();
            stage.world.owner().disable("notes");
            assertThat(Stage.failure(() -> other.call("notes", Stage.ME)).code())
                    .isEqualTo(ErrorCode.NOT_ENABLED);
            stage.world.owner().enable("notes");
            assertThat(Stage.token(other)).isEqualTo(token);
        }
        try (Session late = ben.session(key)) {
            stage.world.bulla.tenant(World.TENANT).member("ben").disconnect("notes");
            assertThat(Stage.failure(() -> late.call("notes", Stage.ME)).code()).isEqualTo(ErrorCode.NOT_CONNECTED);
        }
    }

    @Test
    void connectionThatWasMadeAnewUnderItsNameIsFound() {
        session.call("notes", Stage.ME);
        stage.world.owner().deleteWithAccounts("notes");
        try (Session before = stage.alice().session()) {
            assertThat(Stage.failure(() -> before.call("notes", Stage.ME)).code())
                    .isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
        }
        stage.world.connection("notes");
        stage.world.connect("alice", "notes", "anna");
        assertThat(stage.call()).isEqualTo(200);
        assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
    }

    @Test
    void disabledConnectionRefusesTheVeryNextCall() {
        session.call("notes", Stage.ME);
        stage.world.owner().disable("notes");
        assertThat(refusal(Stage.ME)).isEqualTo(ErrorCode.NOT_ENABLED);
        stage.world.owner().enable("notes");
        assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
        assertThat(apiCalls()).isEqualTo(2);
    }

    @Test
    void disconnectEndsTheVeryNextCall() {
        session.call("notes", Stage.ME);
        assertThat(Stage.alice(stage.node()).disconnect("notes").revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(refusal(Stage.ME)).isEqualTo(ErrorCode.NOT_CONNECTED);
        stage.world.connect("alice", "notes", "anna");
        assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
    }

    @Test
    void accountOfAnotherMemberIsNotThere() {
        try (Session ben = stage.world.member("ben").session()) {
            assertThat(Stage.failure(() -> ben.call("notes", Stage.ME)).code()).isEqualTo(ErrorCode.NOT_CONNECTED);
        }
        try (Session stranger =
                stage.world.bulla.tenant("other").member("alice").session()) {
            assertThat(Stage.failure(() -> stranger.call("notes", Stage.ME)).code())
                    .isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
        }
        assertThat(apiCalls()).isZero();
    }

    @Test
    void credentialGoesToNoOtherHost() {
        int port = stage.world.server.port();
        for (String target : List.of(
                "http://localhost:" + port + "/api/me",
                "https://127.0.0.1:" + port + "/api/me",
                "http://127.0.0.1/api/me",
                "http://127.0.0.1:" + (port == 1024 ? 1025 : 1024) + "/api/me",
                "http://127.0.0.1.example.com:" + port + "/api/me",
                "http://127.0.0.1:" + port + "@example.com/",
                "http://anna@127.0.0.1:" + port + "/api/me",
                "http://2130706433:" + port + "/api/me",
                "http://[::ffff:127.0.0.1]:" + port + "/api/me",
                "file:///etc/hosts",
                "api/me",
                "@example.com/",
                ".example.com/")) {
            assertThat(refusal(ApiRequest.get(target))).as(target).isEqualTo(ErrorCode.HOST_NOT_ALLOWED);
        }
        for (String target : List.of("/\\example.com/", "http://127.0.0.1\\@example.com/", "http://exa mple.com/")) {
            assertThat(refusal(ApiRequest.get(target))).as(target).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
        assertThat(apiCalls()).isZero();
    }

    @Test
    void pathNeverNamesAHost() {
        assertThat(refusal(ApiRequest.get("//example.com/api/me"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refusal(ApiRequest.get("/../api/me"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(apiCalls()).isZero();
    }

    @Test
    void absoluteAddressOfTheServiceIsFine() {
        String target = stage.world.server.at("/api/me").toString();
        assertThat(session.call("notes", ApiRequest.get(target)).status()).isEqualTo(200);
    }

    @Test
    void redirectIsAnAnswer() {
        ApiResponse answer = session.call("notes", ApiRequest.of("POST", "/logout"));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).isPresent();
    }

    @Test
    void callerDoesNotSetTheCredential() {
        for (String name : List.of("Authorization", "authorization", "AUTHORIZATION")) {
            ApiRequest request = Stage.ME.header(name, "Bearer other");
            assertThat(refusal(request)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
        assertThat(apiCalls()).isZero();
    }

    @Test
    void unknownTokenSetIsRefused() {
        assertThat(refusal(Stage.ME.as("bot"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(session.call("notes", Stage.ME.as("main")).status()).isEqualTo(200);
    }

    @Test
    void tokenThatCouldSplitAHeaderIsNotTakenIn() {
        stage.struckBy(Misfortune.answers("{\"access_token\":\"a\\r\\nX-Evil: 1\",\"expires_in\":600}"));
        Landing landing = stage.world.connect("ben", "notes", "ben");
        assertThat(landing.outcome()).isNotInstanceOf(Landing.Connected.class);
        assertThat(stage.world.member("ben").accounts()).isEmpty();
    }

    @Test
    void closedSessionIsClosed() {
        session.call("notes", Stage.ME);
        session.close();
        assertThat(refusal(Stage.ME)).isEqualTo(ErrorCode.SESSION_CLOSED);
        assertThat(Stage.failure(() -> session.tokenForSdk("notes")).code()).isEqualTo(ErrorCode.SESSION_CLOSED);
        assertThat(Stage.failure(session::accounts).code()).isEqualTo(ErrorCode.SESSION_CLOSED);
        assertThat(Stage.failure(() -> session.disconnect("notes")).code()).isEqualTo(ErrorCode.SESSION_CLOSED);
    }

    @Test
    void idleSessionIsClosed() {
        stage.after(Duration.ofMinutes(15));
        assertThat(refusal(Stage.ME)).isEqualTo(ErrorCode.SESSION_CLOSED);
    }

    @Test
    void sessionOfAClosedLibraryIsClosed() {
        stage.world.bulla.close();
        assertThat(refusal(Stage.ME)).isEqualTo(ErrorCode.SESSION_CLOSED);
        assertThat(Stage.failure(() -> stage.alice().session()).code()).isEqualTo(ErrorCode.CLOSED);
    }

    @Test
    void lastUseIsWrittenAtTheLatestByClosing() {
        session.call("notes", Stage.ME);
        stage.after(Duration.ofSeconds(2));
        session.call("notes", Stage.ME);
        stage.world.bulla.close();
        long now = stage.world.time.millis();
        assertThat(stage.row().lastUsedAt()).isEqualTo(now - now % 1_000);
    }
}
