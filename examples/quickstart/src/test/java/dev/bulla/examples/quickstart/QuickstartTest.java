package dev.bulla.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clicks through the quickstart the way its README tells. */
class QuickstartTest {
    @TempDir
    Path data;

    private final TestClock clock = TestClock.at(Instant.now());
    private Application application;

    @BeforeEach
    void start() {
        application = Application.start(settings(0, 0), clock);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private Settings settings(int port, int servicePort) {
        return Settings.from(Map.of(
                "PORT", String.valueOf(port),
                "SERVICE_PORT", String.valueOf(servicePort),
                "BULLA_DATA", data.toString()));
    }

    /** The same ports, because the redirect URI that was registered names them. */
    private void restart() {
        int port = port(application.address());
        int servicePort = port(application.serviceAddress());
        application.close();
        application = Application.start(settings(port, servicePort), clock);
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private WebBrowser enter(String person) {
        return new WebBrowser().open(application.address()).press(person);
    }

    private String at(String path) {
        return application.address() + path;
    }

    /** The owner's part: create, register, save. */
    private void setUp() {
        WebBrowser olivia =
                enter("Olivia").follow("Connections").follow("New connection").follow("Demo Notes");
        olivia.press("Create connection", "name", "notes");
        String page = olivia.address();
        String redirect = olivia.value("#redirect-uri");
        assertThat(redirect).startsWith(at("/bulla/callback/"));

        olivia.open(at("/"))
                .follow("Register an app at Demo Notes")
                .press("Log in", "username", "olivia", "password", "olivia")
                .press("Register", "name", "Quickstart", "redirect_uri", redirect);
        String id = olivia.text("#client-id");
        String secret = olivia.text("#client-secret");

        olivia.open(page).press("Save app", "field.clientId", id, "field.clientSecret", secret);
        assertThat(olivia.text()).contains("Nothing: members can use this connection.");
        assertThat(olivia.seen().get(olivia.seen().size() - 1)).doesNotContain(secret);
    }

    /** Who logs in at the service is that person there. */
    private WebBrowser connected(String person) {
        String identity = person.toLowerCase(Locale.ROOT);
        WebBrowser member = enter(person).open(at("/bulla/")).press("Connect");
        member.press("Log in", "username", identity, "password", identity).press("Allow");
        assertThat(member.text()).contains("You are connected to Demo Notes as " + person);
        return member;
    }

    /** Makes a key, types it back and answers it. */
    private String key(WebBrowser member) {
        String key = member.open(at("/bulla/key")).press("Make my key").text("#key-text");
        member.press("This is my key", "key", key);
        return key;
    }

    private WebBrowser call(WebBrowser member, String key) {
        return member.open(at("/")).press("Call notes", "key", key);
    }

    @Test
    void memberConnectsAndTheHostCallsTheService() {
        setUp();
        WebBrowser alice = connected("Alice");
        assertThat(call(alice, "").text(".answer")).contains("200", "Buy clay");
        assertThat(alice.open(at("/bulla/tools")).text()).contains("notes__list_notes", "notes__add_note");
        assertThat(enter("Olivia").open(at("/bulla/owner/members")).text()).contains("alice");
    }

    @Test
    void keyOfTheMemberIsNeededOnceThereIsOne() {
        setUp();
        WebBrowser alice = connected("Alice");
        String key = key(alice);
        assertThat(call(alice, key).text(".answer")).contains("200", "Buy clay");
        String wrong = key(enter("Bob"));
        assertThat(call(alice, wrong).text(".bad")).isNotEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(call(alice, "").text(".bad")).contains("key");
        assertThat(alice.seen()).filteredOn(page -> page.contains(key)).hasSize(1);
    }

    @Test
    void tokenIsRefreshedUnderWay() {
        setUp();
        WebBrowser alice = connected("Alice");
        clock.advance(Duration.ofSeconds(61));
        assertThat(call(alice, "").text(".answer")).contains("200", "refreshed under way");
    }

    @Test
    void whoeverIsNotLoggedInIsAskedWhoTheyAre() {
        assertThat(new WebBrowser().open(at("/bulla/")).text()).contains("Please log in");
        assertThat(enter("Alice").open(at("/bulla/owner")).text()).contains("There is no such page");
        assertThat(enter("Alice").press("Switch person").text()).contains("Who are you?");
    }

    @Test
    void secondStartFindsTheData() throws IOException {
        setUp();
        WebBrowser alice = connected("Alice");
        String key = key(alice);
        restart();
        assertThat(call(enter("Alice"), key).text(".answer")).contains("200");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("host-keys"))))
                .isEqualTo("rw-------");
    }
}
