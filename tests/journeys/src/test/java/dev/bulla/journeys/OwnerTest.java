package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Connections;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Provider.ManagedApp;
import dev.bulla.provider.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an owner configures, and what comes back of it. */
class OwnerTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Connections owner() {
        return world.owner();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes", "Team: A-1_b", "0", "GitHub prod"})
    void namesHaveLettersDigitsAndAFewSigns(String name) {
        assertThat(owner().create(name, "demo").name()).isEqualTo(name);
        refused(ErrorCode.CONNECTION_NAME_TAKEN, () -> owner().create(name, "demo"));
        world.bulla.tenant("umbrella").connections().create(name, "demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " notes", "notes ", "a/b", "a.b", "ä", "a\nb", "-x", "<script>"})
    void oddNamesAreRefused(String name) {
        refused(ErrorCode.INVALID_SETTING, () -> owner().create(name, "demo"));
    }

    @Test
    void unknownProviderAndConnectionAreTold() {
        refused(ErrorCode.SETUP, () -> owner().create("notes", "nobody"));
        refused(ErrorCode.CONNECTION_UNKNOWN, () -> owner().get("notes"));
        world.bulla.tenant("umbrella").connections().create("notes", "demo");
        refused(ErrorCode.CONNECTION_UNKNOWN, () -> owner().get("notes"));
        refused(ErrorCode.CONNECTION_UNKNOWN, () -> world.member("alice").connect("notes", World.RETURN));
    }

    @Test
    void redirectUriIsThereAtOnceAndStays() {
        Connection created = owner().create("notes", "demo");
        URI redirect = created.redirectUri();
        assertThat(redirect).hasToString("https://app.example.com/bulla/callback/" + created.id());
        assertThat(created.missing()).containsExactly(Settings.CLIENT_ID, Settings.CLIENT_SECRET);
        assertThat(created.usable()).isFalse();
        owner().save("notes", Settings.clientId("one").clientSecret("s"));
        owner().save("notes", Settings.clientId("two").clientSecret("s").scopes("notes.write"));
        owner().disable("notes");
        assertThat(owner().get("notes").redirectUri()).isEqualTo(redirect);
        assertThat(owner().create("second", "demo").redirectUri()).isNotEqualTo(redirect);
    }

    @Test
    void partsThatAreNotSentKeepTheirValues() {
        owner().create("notes", "demo");
        Saved first = owner().save("notes", Settings.clientId("id"));
        assertThat(first.missing()).containsExactly(Settings.CLIENT_SECRET);
        Saved second =
                owner().save("notes", Settings.none().clientSecret("secret").required(true));
        assertThat(second.missing()).isEmpty();
        assertThat(second.connection().clientId()).contains("id");
        Saved third = owner().save("notes", Settings.none().scopes("notes.write"));
        assertThat(third.connection())
                .returns(true, Connection::usable)
                .returns(true, Connection::required)
                .returns(List.of("notes.write"), Connection::scopes)
                .returns(List.of(Settings.CLIENT_SECRET), Connection::secrets);
        assertThat(third.connection().toString()).doesNotContain("secret,");
    }

    @Test
    void whatIsNotTakenIsNamedAndNeverKept() {
        owner().create("notes", "demo");
        Saved saved = owner().save(
                        "notes",
                        Settings.clientId("id")
                                .with("color", "red")
                                .withSecret("token", "hidden")
                                .with("bulla:key-first", "true"));
        assertThat(saved.ignored()).containsExactly("bulla:key-first", "color", "token");
        assertThat(saved.connection().fields()).isEmpty();
        assertThat(saved.connection().secrets()).isEmpty();
        refused(
                ErrorCode.INVALID_SETTING,
                () -> owner().save("notes", Settings.none().scopes("two words")));
        refused(ErrorCode.INVALID_SETTING, () -> owner().save("notes", Settings.clientId("a\nb")));
    }

    @Test
    void secretsDoNotComeBack() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        String token;
        try (Session session = world.member("alice").session()) {
            token = session.tokenForSdk("notes").reveal();
        }
        String everything = owner().list() + " " + owner().get("notes") + " " + owner().accounts("notes") + " "
                + owner().accounts("notes").all() + " " + owner().setupRequired()
                + owner().save("notes", Settings.none().clientSecret("secret-of-notes"));
        assertThat(everything).contains("Anna Example").doesNotContain(token).doesNotContain("secret-of-notes");
    }

    @Test
    void connectingNeedsACompleteAndEnabledConnection() {
        owner().create("notes", "demo");
        refused(ErrorCode.NOT_CONFIGURED, () -> world.member("alice").connect("notes", World.RETURN));
        world.connection("other");
        owner().disable("other");
        refused(ErrorCode.NOT_ENABLED, () -> world.member("alice").connect("other", World.RETURN));
        assertThat(world.member("alice").connectable()).isEmpty();
    }

    @Test
    void switchingOffActsOnTheNextCall() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        try (Session session = world.member("alice").session()) {
            session.call("notes", ApiRequest.get("/api/me"));
            owner().disable("notes");
            int calls = world.server.journal().apiCalls().size();
            refused(ErrorCode.NOT_ENABLED, () -> session.call("notes", ApiRequest.get("/api/me")));
            assertThat(world.server.journal().apiCalls()).hasSize(calls);
            owner().enable("notes");
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void requiredConnectionsSayWhatTheyMiss() {
        owner().create("notes", "demo");
        owner().create("other", "demo");
        owner().save("notes", Settings.none().required(true));
        assertThat(owner().setupRequired())
                .isEqualTo(Map.of("notes", List.of(Settings.CLIENT_ID, Settings.CLIENT_SECRET)));
        owner().save("notes", Settings.clientId("id").clientSecret("secret"));
        assertThat(owner().setupRequired()).isEmpty();
    }

    @Test
    void memberKeyComesFirstWhereTheOwnerAsksForIt() {
        world.connection("notes");
        owner().save("notes", Settings.none().memberKeyFirst(true));
        refused(ErrorCode.KEY_REQUIRED_FIRST, () -> world.member("alice").connect("notes", World.RETURN));
        MemberKey key = MemberKey.parse(world.member("alice").keys().issue().text());
        world.member("alice").keys().confirm(key);
        assertConnected(world.connect("alice", "notes", "anna"));
        world.member("alice").keys().reset();
        refused(ErrorCode.KEY_REQUIRED_FIRST, () -> world.member("alice").connect("notes", World.RETURN));
    }

    @Test
    void connectionWithAccountsIsNotDeletedByAccident() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        refused(ErrorCode.CONNECTION_IN_USE, () -> owner().delete("notes"));
        world.member("alice").disconnect("notes");
        owner().delete("notes");
        assertThat(owner().list()).isEmpty();
        assertThat(world.member("alice").accounts()).isEmpty();
    }

    @Test
    void forcedDeletionSaysWhatBecameOfEachAccount() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        MemberKey key = MemberKey.parse(world.member("bob").keys().issue().text());
        world.member("bob").keys().confirm(key);
        world.connect("bob", "notes", "ben");
        world.connect("carol", "notes", "anna");
        world.member("carol").disconnect("notes");

        Map<ConnectedAccount, Disconnected> ended = owner().deleteWithAccounts("notes");
        assertThat(ended.entrySet())
                .extracting(entry ->
                        entry.getKey().member() + " " + entry.getValue().revocation())
                .containsExactlyInAnyOrder("alice " + Revocation.REVOKED, "bob " + Revocation.LOCKED);
        assertThat(ended.values())
                .allSatisfy(end -> assertThat(end.grantsPage()).isPresent());
        assertThat(world.server.grants("anna")).isEmpty();
        assertThat(world.server.grants("ben")).hasSize(1);
        refused(ErrorCode.CONNECTION_UNKNOWN, () -> owner().get("notes"));
        try (Session session = world.member("alice").session()) {
            refused(ErrorCode.CONNECTION_UNKNOWN, () -> session.call("notes", ApiRequest.get("/api/me")));
        }
    }

    @Test
    void managedAppIsInvisibleAndNotSettable() {
        world.server.registerClient("host-app", "host-secret", "https://app.example.com/bulla/callback/notes-app");
        world.restart(setup ->
                setup.providers(world.provider("catalogue", world.spec().build())
                        .build()
                        .managedBy(new ManagedApp("notes-app", "host-app", Secret.of("host-secret")))));
        Connection created = owner().create("notes", "catalogue");
        assertThat(created)
                .returns(Mode.MANAGED_APP, Connection::mode)
                .returns(true, Connection::usable)
                .returns(true, connection -> connection.clientId().isEmpty());
        assertThat(created.redirectUri()).hasToString("https://app.example.com/bulla/callback/notes-app");
        assertThat(created.toString()).doesNotContain("host-app").doesNotContain("host-secret");
        Saved saved = owner().save(
                        "notes", Settings.clientId("mine").clientSecret("mine").scopes("notes.read"));
        assertThat(saved.ignored()).containsExactly(Settings.CLIENT_ID, Settings.CLIENT_SECRET);
        assertConnected(world.connect("alice", "notes", "anna"));
        assertThat(world.server.journal().tokenRequests().get(0).clientId()).isEqualTo("host-app");
        assertThat(owner().create("own", "catalogue", Mode.OWN_APP).missing()).contains(Settings.CLIENT_ID);
    }

    @Test
    void twoConnectionsOnOneManagedAppAreToldApartByTheState() {
        world.server.registerClient("host-app", "host-secret", "https://app.example.com/bulla/callback/notes-app");
        world.restart(setup ->
                setup.providers(world.provider("catalogue", world.spec().build())
                        .build()
                        .managedBy(new ManagedApp("notes-app", "host-app", Secret.of("host-secret")))));
        owner().create("one", "catalogue");
        owner().create("two", "catalogue");
        Trip one = world.trip("alice", "one", "anna");
        Trip two = world.trip("alice", "two", "ben");
        assertConnected(world.member("alice").complete(two.request()));
        assertConnected(world.member("alice").complete(one.request()));
        assertThat(world.member("alice").account("one").displayName()).contains("Anna Example");
        assertThat(world.member("alice").account("two").displayName()).contains("Ben Example");
    }

    @Test
    void customProviderTakesNoManagedApp() {
        assertThatThrownBy(() -> world.provider("demo").managedBy(new ManagedApp("a", "b", Secret.of("c"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void managedAppIsGivenToOneProvider() {
        ManagedApp app = new ManagedApp("host-app", "host-client", Secret.of("secret"));
        Provider one = world.provider("one", world.spec().build()).build().managedBy(app);
        Provider two = world.provider("two", world.spec().build()).build().managedBy(app);
        assertThatThrownBy(() -> world.start(world.store, setup -> setup.providers(one, two)))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP));
    }

    @Test
    void connectionOfAForgottenProviderIsListedAndTold() {
        world.connection("notes");
        world.restartKnowing();

        assertThat(world.owner().list()).singleElement().satisfies(connection -> {
            assertThat(connection.missing()).containsExactly("provider");
            assertThat(connection.usable()).isFalse();
        });
    }
}
