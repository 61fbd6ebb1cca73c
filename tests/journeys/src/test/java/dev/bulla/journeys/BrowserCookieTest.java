package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.BullaException;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Cookie;
import dev.bulla.model.Landing;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookie that ties a flow to its browser. */
class BrowserCookieTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void cookieIsBoundToTheHostAndSecure() {
        world.connection("notes");
        Cookie cookie = ((ConnectStep.Redirect) world.member("alice").connect("notes", World.RETURN)).cookie();
        assertThat(cookie.name()).matches("__Host-bulla-[A-Za-z0-9_-]+");
        assertThat(cookie.header())
                .isEqualTo(
                        cookie.name() + "=" + cookie.value() + "; Path=/; Max-Age=900; HttpOnly; SameSite=Lax; Secure")
                .doesNotContain("Domain");
        assertThat(cookie.toString()).doesNotContain(cookie.value());
    }

    @Test
    void cookieIsDeletedWhenTheFlowEnds() {
        world.connection("notes");
        Trip good = world.trip("alice", "notes", "anna");
        Landing connected = world.member("alice").complete(good.request());
        assertConnected(connected);
        assertThat(connected.cookies())
                .extracting(Cookie::header)
                .isEqualTo(
                        List.of(good.step().cookie().name() + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"));
        Trip bad = world.trip("alice", "notes", "anna");
        assertThat(world.member("alice").complete(bad.with("code", "wrong")).cookies())
                .extracting(Cookie::name)
                .containsExactly(bad.step().cookie().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/bulla", "http://127.0.0.1:8080", "http://[::1]:8080/x"})
    void plainCookieIsForLoopbackAlone(String base) {
        world.restart(setup -> setup.baseUri(base));
        world.connection("notes");
        Trip trip = world.trip("alice", "notes", "anna");
        assertThat(trip.step().cookie().name()).startsWith("bulla-");
        assertThat(trip.step().cookie().header()).doesNotContain("Secure");
        assertConnected(world.member("alice").complete(trip.request()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com/bulla",
                "http://localhost.evil/bulla",
                "https://app.example.com/bulla/",
                "https://u@app.example.com",
                "https://app.example.com?x",
                "ftp://localhost"
            })
    void baseIsHttpsOrLoopback(String base) {
        Assertions.assertThatThrownBy(() -> dev.bulla.Bulla.builder().baseUri(base))
                .isInstanceOf(BullaException.class);
    }
}
