package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Change;
import dev.bulla.form.FormView.Group;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Option;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Provider.ManagedApp;
import dev.bulla.provider.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The form of a connection, as an owner sees it and fills it in. */
class OwnerFormTest {
    private static final String SECRET = "canary-client-secret";
    private static final String TOKEN = "canary-developer-token";

    private final World world = new World();
    private Provider provider;

    @BeforeEach
    void form() {
        provider = world.provider("shop", world.spec().build())
                .form(new KeyForm(
                        List.of(Field.secret("key", "Key", "")),
                        "key",
                        (values, call) -> new KeyForm.Verification(true, Identity.of("x", "X"), List.of())))
                .hostCredential()
                .ownerFields(
                        Field.text("clientId", "App key", "Settings, Apps").matching("app-[a-z]+"),
                        Field.text("region", "Region", "")
                                .options(Option.of("us", "America"), Option.of("eu", "Europe"))
                                .preset("us"),
                        Field.text("customer", "Customer", "ten digits")
                                .matching("[0-9]{10}")
                                .fixedOnceConnected(),
                        Field.secret("token", "Developer token", "").onlyIn(Mode.OWN_APP),
                        Field.text("plan", "Plan", "").filledByFlow())
                .build();
        Provider managed = world.provider("managed", world.spec().build())
                .build()
                .managedBy(new ManagedApp("ours", "our-client", Secret.of("our-secret")));
        Provider keyed = Provider.builder("keyed", "Keyed")
                .form(provider.form().orElseThrow())
                .api(ApiAccess.bearer("https://api.example.com"))
                .build();
        world.restart(setup -> setup.providers(provider, managed, keyed));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Saved fill(Map<String, String> values) {
        return world.owner().by("olga").fill("shop", values);
    }

    private void complete() {
        world.owner().create("shop", "shop", Mode.OWN_APP);
        assertThat(fill(Map.of(
                                "clientId",
                                " app-one ",
                                "clientSecret",
                                SECRET,
                                "customer",
                                "1234567890",
                                "token",
                                TOKEN))
                        .missing())
                .isEmpty();
    }

    private static Cell cell(FormView form, String name) {
        return form.groups().stream()
                .flatMap(group -> group.rows().stream())
                .flatMap(row -> row.cells().stream())
                .filter(cell -> cell.field().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isShownBeforeAnythingExists() {
        FormView form = FormView.owner(provider, Mode.OWN_APP);
        assertThat(form.groups()).extracting(Group::id).containsExactly("app", "consent", "settings");
        assertThat(form.missing()).containsExactly("clientId", "clientSecret", "customer", "token");
        assertThat(cell(form, "clientId").field().label()).isEqualTo("App key");
        assertThat(cell(form, "region").value()).contains("us");
        assertThat(cell(form, "scopes").value()).contains("notes.read");
        assertThat(form.editable())
                .containsEntry("app", Map.of("clientId", true, "clientSecret", true))
                .containsEntry("settings", Map.of("region", true, "customer", true, "token", true, "plan", false));
    }

    @Test
    void hasWhatIsSetAndWhatIsMissing() {
        world.owner().create("shop", "shop", Mode.OWN_APP);
        assertThat(world.owner().form("shop").missing())
                .isEqualTo(world.owner().get("shop").missing())
                .containsExactly("clientId", "clientSecret", "customer", "token");
        fill(Map.of("clientId", "app-one", "clientSecret", SECRET, "token", TOKEN));
        FormView form = world.owner().form("shop");
        assertThat(form.missing()).containsExactly("customer");
        assertThat(cell(form, "clientId").value()).contains("app-one");
        assertThat(cell(form, "token")).returns(true, Cell::set).returns(Optional.empty(), Cell::value);
        assertThat(form + form.describe().toString()).doesNotContain("canary");
    }

    @Test
    void whatTheHostProvidesIsNeitherShownNorWritten() {
        world.owner().create("m", "managed");
        assertThat(world.owner().form("m").groups()).extracting(Group::id).containsExactly("consent");
        assertThat(world.owner().fill("m", Map.of("clientId", "mine", "clientSecret", "mine", "scopes", "notes.write")))
                .returns(List.of("clientId", "clientSecret"), Saved::ignored)
                .returns(List.of("notes.write"), saved -> saved.connection().scopes())
                .returns(true, saved -> saved.connection().usable());

        world.owner().create("all", "shop", Mode.HOST_CREDENTIAL);
        assertThat(world.owner().form("all").groups()).extracting(Group::id).containsExactly("settings");
        assertThat(world.owner().fill("all", Map.of("key", "typed by an owner", "customer", "1234567890")))
                .returns(List.of("key"), Saved::ignored)
                .returns(List.of("key"), Saved::missing);
        assertThat(world.owner()
                        .save("all", Settings.none().withSecret("key", "given by the host"))
                        .missing())
                .isEmpty();
        assertThat(world.owner().form("all").complete()).isTrue();
    }

    @Test
    void formWithNothingToFillInSaysSo() {
        assertThat(FormView.owner(
                        world.owner()
                                .provider(world.owner().create("k", "keyed").name()),
                        Mode.FORM))
                .returns(List.of(), FormView::groups)
                .returns(true, FormView::complete)
                .returns("There is nothing to fill in.", FormView::none);
    }

    @Test
    void goodValuesAreSavedBesideBadOnes() {
        world.owner().create("shop", "shop", Mode.OWN_APP);
        Saved saved = fill(Map.of(
                "clientId", "wrong one",
                "clientSecret", SECRET,
                "region", "mars",
                "customer", "1234567890",
                "scopes", "notes.write \"quoted\"",
                "token", TOKEN,
                "plan", "gold",
                "_flag", "1"));
        // without a client id there is nothing that the client secret belongs to
        assertThat(saved.refused()).containsExactly("clientId", "clientSecret", "region", "scopes");
        assertThat(saved.ignored()).containsExactly("_flag", "plan");
        assertThat(saved.missing()).containsExactly("clientId", "clientSecret");
        assertThat(saved.connection().fields()).isEqualTo(Map.of("region", "us", "customer", "1234567890"));
        assertThat(saved.connection().secrets()).containsExactly("token");
    }

    @Test
    void partKeepsTheRest() {
        complete();
        assertThat(fill(Map.of("region", "eu", "clientSecret", "", "token", " ", "scopes", "notes.read, notes.write"))
                        .missing())
                .isEmpty();
        assertThat(world.owner().get("shop").fields()).isEqualTo(Map.of("region", "eu", "customer", "1234567890"));
        assertThat(cell(world.owner().form("shop"), "scopes").value()).contains("notes.read\nnotes.write");
        assertThat(fill(Map.of("clientId", "")).refused()).containsExactly("clientId");
        assertThat(world.owner().get("shop").clientId()).contains("app-one");
    }

    @Test
    void fixedFieldChangesOnlyWhileNothingIsConnected() {
        complete();
        assertThat(fill(Map.of("customer", "2222222222")).connection().fields())
                .containsEntry("customer", "2222222222");
        world.server.registerClient(
                "app-one", SECRET, world.owner().get("shop").redirectUri().toString());
        world.connect("alice", "shop", "anna");

        assertThat(cell(world.owner().form("shop"), "customer").editable()).isFalse();
        assertThat(fill(Map.of("customer", "3333333333", "region", "eu")))
                .returns(List.of("customer"), Saved::ignored)
                .returns(
                        Map.of("region", "eu", "customer", "2222222222"),
                        saved -> saved.connection().fields());
        assertThat(world.owner()
                        .save("shop", Settings.none().with("customer", "3333333333"))
                        .ignored())
                .containsExactly("customer");

        world.member("alice").disconnect("shop");
        assertThat(fill(Map.of("customer", "3333333333")).ignored()).isEmpty();
    }

    @Test
    void historyTellsWhoChangedWhatWhen() {
        complete();
        world.time.advance(java.time.Duration.ofHours(1));
        world.owner().save("shop", Settings.none().with("region", "eu").with("customer", "1234567890"));
        world.owner().by("otto").fill("shop", Map.of("token", TOKEN + "2"));
        world.owner().by("otto").fill("shop", Map.of("region", "eu"));
        List<Change> history = world.owner().form("shop").history();
        assertThat(history)
                .extracting(Change::by, Change::fields)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("otto", List.of("token")),
                        org.assertj.core.groups.Tuple.tuple("owner", List.of("region")),
                        org.assertj.core.groups.Tuple.tuple(
                                "olga", List.of("clientId", "clientSecret", "customer", "token")));
        assertThat(history).extracting(Change::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(history.get(0).at()).isEqualTo(world.time.instant());
        assertThat(history.toString()).doesNotContain("canary", "1234567890");
        assertThat(world.owner().get("shop").fields()).containsOnlyKeys("region", "customer");
    }

    @Test
    void historyIsBounded() {
        complete();
        for (int change = 0; change < 30; change++) {
            fill(Map.of("region", change % 2 == 0 ? "eu" : "us"));
        }
        assertThat(world.owner().form("shop").history())
                .hasSize(20)
                .allMatch(change -> change.fields().equals(List.of("region")));
    }
}
