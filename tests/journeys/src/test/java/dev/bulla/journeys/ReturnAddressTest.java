package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Bulla;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser is sent back to addresses of the host's list, and they say what the host reads there. */
class ReturnAddressTest {
    private final World world = new World();

    @BeforeEach
    void connection() {
        world.connection("notes");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://app.example.com.evil.example/",
                "https://evil.example/https://app.example.com/",
                "https://app.example.com@evil.example/",
                "https://app.example.com:443@evil.example/",
                "https://user@app.example.com/done",
                "https://user:pw@app.example.com/done",
                "https://app.example.com\\@evil.example/",
                "https:\\\\evil.example/",
                "https://app.example.com/\\evil.example",
                "//evil.example/",
                "///evil.example/",
                "/done",
                "https:evil.example",
                "https:/app.example.com/",
                "https://аpp.example.com/done",
                "https://xn--pp-7lc.example.com/done",
                "https://app。example。com/done",
                "https://ⓐpp.example.com/",
                "https://app.example.com./done",
                "https://app.example.com:8443/done",
                "http://app.example.com/done",
                "http://localhost.evil/",
                "http://localhost/",
                "http://127.0.0.1.evil.example/",
                "http://2130706433/",
                "https://app.example.com/done#fragment",
                "https://app.example.com/done#",
                "https://app.example.com/a b",
                "https://app.example.com/a\tb",
                "https://app.example.com/a\r\nSet-Cookie:x=y",
                "https://app.example.com/a\u0000",
                " https://app.example.com/done",
                "https://app.example.com/%zz",
                "https://app.example.com/x/../done",
                "https://app.example.com/x/%2E%2e/done",
                "https://app.example.com/./done",
                "https://app.example.com/..",
                "https://app.example.com:99999/done",
                "https://App.example.com/done",
                "https://app.example.com%00.evil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "HTTPS://APP.EXAMPLE.COM/done",
                ""
            })
    void addressOffTheListIsRefused(String address) {
        assertThatThrownBy(() -> world.member("alice").connect("notes", address))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RETURN_ADDRESS_REFUSED))
                .message()
                .doesNotContain("evil");
    }

    @Test
    void longAddressIsRefused() {
        String fits = World.RETURN + "?" + "x".repeat(2048 - World.RETURN.length() - 1);
        world.member("alice").connect("notes", fits);
        assertThatThrownBy(() -> world.member("alice").connect("notes", fits + "x"))
                .isInstanceOf(BullaException.class);
    }

    @Test
    void entryWithoutSlashAllowsItselfAlone() {
        world.restart(setup -> setup.returnTo("https://app.example.com/done", "http://localhost:8080/dev/"));
        world.member("alice").connect("notes", "https://app.example.com/done?tab=2");
        world.member("alice").connect("notes", "http://localhost:8080/dev/x");
        for (String off : new String[] {
            "https://app.example.com/done/more", "https://app.example.com/", "http://localhost:8080/",
            "http://localhost:8080/dev/../admin", "http://localhost:8080/dev/%2e%2e/admin",
                    "http://localhost:8081/dev/x"
        }) {
            assertThatThrownBy(() -> world.member("alice").connect("notes", off))
                    .isInstanceOf(BullaException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com/",
                "https://app.example.com/?x=y",
                "https://u@app.example.com/",
                "https://APP.example.com/",
                "https://app.example.com/x/../",
                "https://app.example.com:99999/",
                "https://[fe80::1%25eth0]/",
                "/home",
                "http://localhost.evil/"
            })
    void unsafeEntryIsToldAtSetUp(String entry) {
        assertThatThrownBy(() -> Bulla.builder().returnTo(entry))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP));
    }

    @Test
    void successNamesIdentityAndConnection() {
        Landing landing = world.connect("alice", "notes", "anna");
        assertThat(landing.location())
                .hasToString(World.RETURN + "?demo_connected=true&demo_username=Anna%20Example&connection=notes");
    }

    @Test
    void minimalFormNamesNobody() {
        world.restart(setup -> setup.minimalReturnParameters());
        Landing landing = world.connect("alice", "notes", "anna");
        assertThat(landing.location()).hasToString(World.RETURN + "?bulla=connected&connection=notes");
        Trip trip = world.trip("alice", "notes", "anna");
        Landing denied =
                world.member("alice").complete(trip.query("error=access_denied&state=" + trip.parameter("state")));
        assertThat(denied.location())
                .hasToString(World.RETURN + "?bulla=error&code=authorization_denied&connection=notes");
    }

    /** The member goes to the service from this address, and refuses there. */
    private Landing denied(String address) {
        ConnectStep.Redirect step = (ConnectStep.Redirect) world.member("alice").connect("notes", address);
        Trip trip = Trip.agreed(world.server, step, "anna");
        return world.member("alice").complete(trip.query("error=access_denied&state=" + trip.parameter("state")));
    }

    @Test
    void queryOfTheHostStaysAndCanNotSpeakForTheCallback() {
        String address = World.RETURN + "?tab=2&demo_connected=true&demo_error=none&demo_username=Eve&connection=evil";
        assertThat(denied(address).location())
                .hasToString(World.RETURN + "?tab=2&demo_error=authorization_denied&connection=notes");
    }

    @Test
    void otherSpellingOfAParameterCanNotSpeakForTheCallback() {
        String address = World.RETURN + "?demo%5Fconnected=true&%63onnection=evil&a=b%26c&flag&";
        assertThat(denied(address).location())
                .hasToString(World.RETURN + "?a=b%26c&flag&demo_error=authorization_denied&connection=notes");
    }

    @Test
    void portOfTheSchemeAndAnEmptyPathAreTheSameAddress() {
        world.restart(setup -> setup.returnTo("https://app.example.com", "https://other.example.com:8443/x/"));
        world.member("alice").connect("notes", "https://app.example.com:443/done");
        world.member("alice").connect("notes", "https://app.example.com");
        world.member("alice").connect("notes", "https://app.example.com?tab=2");
        world.member("alice").connect("notes", "https://other.example.com:8443/x/y?z=..");
        assertThatThrownBy(() -> world.member("alice").connect("notes", "https://other.example.com/x/y"))
                .isInstanceOf(BullaException.class);
    }

    @Test
    void withoutAUsableStateTheBrowserGoesToTheFallback() {
        world.restart(setup -> setup.returnTo("https://app.example.com/home", "https://app.example.com/"));
        Trip trip = world.trip("alice", "notes", "anna");
        assertThat(world.member("alice").complete(trip.without("state")).location())
                .hasToString("https://app.example.com/home?demo_error=missing_params&connection=notes");
        Landing landing = world.member("alice").complete(trip.request());
        assertThat(landing.location().getPath()).isEqualTo("/done");
        assertThat(world.member("alice").complete(trip.request()).location())
                .hasToString("https://app.example.com/home?demo_error=session_expired&connection=notes");
    }

    @Test
    void addressThatLeftTheListMeanwhileGivesWayToTheFallback() {
        Trip trip = world.trip("alice", "notes", "anna");
        world.restart(setup -> setup.returnTo("https://app.example.com/home"));
        Landing landing = world.member("alice").complete(trip.request());
        assertConnected(landing);
        assertThat(landing.location().getPath()).isEqualTo("/home");
    }
}
