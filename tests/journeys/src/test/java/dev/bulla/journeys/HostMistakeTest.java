package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host's own code gets wrong is told to the host, not to owner or member. */
class HostMistakeTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "half\ud800", "\udc00half"})
    void unfitNameIsRefused(String name) {
        isTheHosts(() -> world.bulla.tenant(name));
        isTheHosts(() -> world.member(name));
    }

    @Test
    void nameOfAnyScriptIsTaken() {
        assertThat(world.member("Ānna \ud83c\udffa").accounts()).isEmpty();
    }

    @Test
    void targetAndHeaderOfACallAreRefused() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        try (Session session = world.member("alice").session()) {
            isTheHosts(() -> session.call("notes", ApiRequest.get("no path")));
            isTheHosts(() -> session.call("notes", ApiRequest.get("/api/me").header("authorization", "Bearer other")));
            isTheHosts(() -> session.call("notes", ApiRequest.get("/api/me").as("bot")));
        }
    }

    @Test
    void callbackOfAClosedLibraryStillLands() {
        Member alice = world.member("alice");
        world.bulla.close();

        Landing landing = alice.complete(CallbackRequest.of("/bulla/callback/x", "state=y&code=z", Map.of()));

        assertThat(landing.location().toString()).isEqualTo("https://app.example.com/?bulla_error=internal_error");
        assertThat(landing.outcome()).isEqualTo(new Landing.Failed(ConnectError.INTERNAL_ERROR, "CLOSED"));
    }

    private static void isTheHosts(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BullaException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(e.actor()).isEqualTo(Actor.HOST);
        });
    }
}
