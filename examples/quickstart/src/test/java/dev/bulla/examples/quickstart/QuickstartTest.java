package dev.bulla.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
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

    /** The owner's part: create, register, save. */
    private void setUp() {
        WebBrowser olivia = enter("Olivia").press("Create", "name", "notes");
        assertThat(olivia.text("main")).contains("incomplete", "Still missing: clientId, clientSecret");
        String redirect = olivia.text("section code");
        assertThat(redirect).startsWith(application.address() + "/bulla/callback/");
        String page = olivia.address();

        olivia.follow("Register it at Demo Notes")
                .press("Log in", "username", "olivia", "password", "olivia")
                .press("Register");
        String id = olivia.text("#client-id");
        String secret = olivia.text("#client-secret");

        olivia.open(page).press("Save", "clientId", id);
        assertThat(olivia.text(".good")).contains("Still missing: clientSecret");
        olivia.press("Save", "clientSecret", secret);
        assertThat(olivia.text(".good")).contains("Members can connect now");
        assertThat(olivia.text("section code")).isEqualTo(redirect);
        assertThat(olivia.seen().get(olivia.seen().size() - 1))
                .doesNotContain(secret)
                .contains("stored; it is never shown again");
    }

    /** Connects; who logs in at the service is that person there. */
    private static void connect(WebBrowser member, String identity) {
        member.press("Connect");
        if (member.text().contains("Password")) {
            member.press("Log in", "username", identity, "password", identity);
        }
        member.press("Allow");
    }

    private WebBrowser connected(String person) {
        WebBrowser member = enter(person).follow("notes");
        connect(member, person.toLowerCase(java.util.Locale.ROOT));
        assertThat(member.text(".good")).isEqualTo("Connected as " + person + ".");
        return member;
    }

    /** Issues a key, types it back and answers it. */
    private static String key(WebBrowser member) {
        member.follow("All accounts").follow("Your key").press("Issue my key");
        String key = member.text("code.key");
        member.press("This is my key", "key", key);
        assertThat(member.text(".good")).contains("The key counts from now on");
        return key;
    }

    private WebBrowser account(WebBrowser member) {
        return member.open(application.address() + "/account?connection=notes");
    }

    @Test
    void memberUsesTheAccountBeforeHavingAKey() {
        setUp();
        WebBrowser alice = connected("Alice");
        assertThat(alice.text("dl")).contains("active", "sealed to this host, until the member has a key");
        assertThat(alice.press("GET /api/me").text(".answer")).contains("200", "\"login\":\"alice\"");
        assertThat(alice.press("GET /api/notes").text(".answer")).contains("Buy clay");
        WebBrowser olivia = enter("Olivia").follow("notes");
        assertThat(olivia.text()).contains("alice Alice active");
    }

    @Test
    void keyIsIssuedProvenUsedReplacedAndLost() {
        setUp();
        WebBrowser alice = connected("Alice");
        String first = key(alice);
        assertThat(account(alice).text("dl")).contains("sealed to the member's key");
        assertThat(alice.press("GET /api/me").text(".answer")).contains("200");

        alice.open(application.address() + "/key").press("Close the session");
        assertThat(account(alice).press("GET /api/me").text()).contains("KEY_REQUIRED", "You can solve this");
        alice.follow("Go to your key").press("Open a session", "key", first);
        assertThat(account(alice).press("GET /api/me").text(".answer")).contains("200");

        alice.open(application.address() + "/key").press("Issue a new key", "key", first);
        String second = alice.text("code.key");
        alice.press("This is my key", "key", second.substring(0, second.length() - 1));
        assertThat(alice.text(".bad")).startsWith("Not yet");
        alice.press("This is my key", "key", second);
        assertThat(alice.text("dl")).contains("number 2");
        assertThat(account(alice).press("GET /api/me").text(".answer")).contains("200");
        alice.open(application.address() + "/key").press("Close the session").press("Open a session", "key", first);
        assertThat(alice.text()).contains("KEY_WRONG");

        alice.open(application.address() + "/key").press("Reset my key", "sure", "lost");
        assertThat(alice.text(".good")).contains("Cleared with it: notes");
        assertThat(account(alice).text("dl")).contains("it was sealed to a key that was lost");
        connect(alice, "alice");
        assertThat(alice.text(".good")).isEqualTo("Connected as Alice.");

        assertThat(alice.seen()).filteredOn(page -> page.contains(first)).hasSize(1);
        assertThat(alice.seen())
                .noneMatch(page -> page.lines().findFirst().orElseThrow().contains("bulla1"));
    }

    @Test
    void tokenIsRefreshedUnderWay() {
        setUp();
        WebBrowser alice = connected("Alice");
        clock.advance(Duration.ofSeconds(61));
        assertThat(alice.press("GET /api/me").text(".answer")).contains("200", "refreshed under way");
        key(alice);
        clock.advance(Duration.ofSeconds(61));
        assertThat(account(alice).press("GET /api/me").text(".answer")).contains("200", "refreshed under way");
    }

    @Test
    void disconnectEndsTheGrantAtTheService() {
        setUp();
        WebBrowser alice = connected("Alice");
        key(alice);
        account(alice).press("Disconnect");
        assertThat(alice.text(".good")).contains("The service confirmed that access has ended");
        assertThat(alice.text("dl")).contains("disconnected by the member", "no tokens are stored");
        alice.follow("See it at the service.");
        assertThat(alice.text()).contains("the account of Alice", "None.");
    }

    @Test
    void disconnectWithoutSessionSaysThatTheServiceMustBeVisited() {
        setUp();
        WebBrowser alice = enter("Alice").follow("notes");
        key(alice);
        // connected under the key: tokens that the host never held are not replaced in the background
        connect(account(alice), "alice");
        alice.open(application.address() + "/key").press("Close the session");
        account(alice).press("Disconnect");
        assertThat(alice.text(".good")).contains("End access there");
        assertThat(alice.follow("See it at the service.").text()).contains("Quickstart");
    }

    @Test
    void anotherIdentityIsAskedAbout() {
        setUp();
        WebBrowser alice = connected("Alice");
        for (String answer : new String[] {"Keep it as it was", "Use Bob from now on"}) {
            alice.press("Connect").press("Log in as somebody else");
            alice.press("Log in", "username", "bob", "password", "bob").press("Allow");
            assertThat(alice.text(".question")).contains("connected as Alice", "came back as Bob");
            assertThat(alice.text("dl")).contains("Alice");
            alice.press(answer);
        }
        assertThat(alice.text("dl")).startsWith("Account Bob");
    }

    @Test
    void refusalsSayWhoMustAct() {
        setUp();
        WebBrowser alice = enter("Alice").follow("notes");
        enter("Olivia").follow("notes").press("Disable for everybody");
        assertThat(alice.press("Connect").text()).contains("NOT_ENABLED", "The owner of the connections must act");
        assertThat(alice.status()).isEqualTo(409);
        assertThat(alice.open(application.address() + "/owner").address()).endsWith("/accounts");
        assertThat(account(new WebBrowser()).text()).contains("Who are you?");
        connectedAccountGuardsTheConnection();
    }

    private void connectedAccountGuardsTheConnection() {
        enter("Olivia").follow("notes").press("Enable");
        connected("Bob");
        WebBrowser olivia = enter("Olivia").follow("notes").press("Delete");
        assertThat(olivia.text()).contains("CONNECTION_IN_USE");
        olivia.open(application.address() + "/owner").follow("notes").press("Delete", "accounts", "on");
        assertThat(olivia.text()).contains("None yet", "The service confirmed");
    }

    @Test
    void secondStartFindsTheData() throws IOException {
        setUp();
        WebBrowser alice = connected("Alice");
        String key = key(alice);
        restart();
        alice = enter("Alice");
        assertThat(alice.text()).contains("active", "Alice");
        alice.follow("Your key").press("Open a session", "key", key);
        assertThat(account(alice).press("GET /api/me").text(".answer")).contains("200");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("host-keys"))))
                .isEqualTo("rw-------");
    }
}
