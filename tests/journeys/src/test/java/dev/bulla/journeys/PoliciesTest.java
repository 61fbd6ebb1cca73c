package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.ConnectionPolicies;
import dev.bulla.Session;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.ConnectionEvent;
import dev.bulla.model.Settings;
import dev.bulla.policy.Baseline;
import dev.bulla.policy.Finding;
import dev.bulla.policy.Flaw;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyDiff;
import dev.bulla.policy.PolicyRefused;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Simulation;
import dev.bulla.policy.Window;
import dev.bulla.provider.Provider;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.PolicyRow;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What owners say about who may do what, and what becomes of calls by that. */
class PoliciesTest {
    private static final ApiRequest READ = ApiRequest.get("/api/me");
    private static final ApiRequest DELETE = ApiRequest.of("DELETE", "/api/me");

    private final World world = new World();
    private final List<BullaEvent> events = new CopyOnWriteArrayList<>();
    private Session session;

    @BeforeEach
    void connect() {
        begin(Baseline.standard());
    }

    private void begin(Baseline baseline) {
        world.bulla.close();
        world.bulla = node(baseline);
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        session = world.member("alice").session();
    }

    private Bulla node(Baseline baseline) {
        return world.start(world.store, setup -> setup.baseline(baseline).listener(events::add), demo());
    }

    private Provider demo() {
        return world.provider("demo", world.spec().build())
                .tools(ToolSet.of(ResourceKind.of("page", "Page").ignoringCase())
                        .with(Tool.named("me")
                                .description("Who it is.")
                                .http(HttpTemplate.get("/api/me"))
                                .touchesNothing()
                                .build())
                        .routes(Route.any("/pages/{page}").touches("page", "{page}")))
                .custom()
                .build();
    }

    @AfterEach
    void close() {
        session.close();
        world.close();
    }

    private ConnectionPolicies policies() {
        return world.owner().by("olivia").policies("notes");
    }

    private PolicyVersion named(String name) {
        return policies().list().stream()
                .filter(version -> version.policy().orElseThrow().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void allowed(ApiRequest request) {
        assertThatCode(() -> session.call("notes", request)).doesNotThrowAnyException();
    }

    private CallRefused denied(ApiRequest request) {
        long before = world.server.journal().apiCalls().size();
        CallRefused refusal = denied(() -> session.call("notes", request));
        assertThat(world.server.journal().apiCalls()).hasSize((int) before);
        return refusal;
    }

    private static CallRefused denied(Runnable call) {
        return (CallRefused) Stage.failure(call::run);
    }

    private void deleteAll() {
        policies().list().forEach(version -> policies().delete(version.id()));
    }

    @Test
    void membersMayReadAndChangeToBeginWith() {
        allowed(READ);
        allowed(ApiRequest.of("POST", "/api/me"));
        assertThat(denied(DELETE).code()).isEqualTo(ErrorCode.POLICY_DENIED);
        assertThat(denied(() -> session.tokenForSdk("notes")).code()).isEqualTo(ErrorCode.POLICY_DENIED);
        assertThat(policies().list()).extracting(PolicyVersion::author).containsOnly(Baseline.AUTHOR);
    }

    @Test
    void ownerSwitchesTokensOn() {
        policies().enable(named("Applications may take tokens").id());
        assertThat(session.tokenForSdk("notes").reveal()).isNotEmpty();
    }

    @Test
    void withoutPoliciesEverythingIsDeniedForGood() {
        deleteAll();
        assertThat(denied(READ).code()).isEqualTo(ErrorCode.POLICY_DENIED);

        world.owner().save("notes", Settings.clientId("client-notes").clientSecret("secret-of-notes"));
        world.owner().disable("notes");
        world.owner().enable("notes");

        assertThat(policies().list()).isEmpty();
        denied(READ);
    }

    @Test
    void editIsNotOverwrittenWhereTheConnectionIsCompletedLater() {
        world.owner().create("later", "demo");
        ConnectionPolicies later = world.owner().policies("later");
        assertThat(later.list()).isEmpty();
        later.create(Policy.permit("Mine").tiers(Tier.READ).build());

        world.owner().save("later", Settings.clientId("client").clientSecret("secret"));

        assertThat(later.list())
                .singleElement()
                .satisfies(version ->
                        assertThat(version.policy().orElseThrow().name()).isEqualTo("Mine"));
    }

    @Test
    void forbidBeatsPermitAndSaysWhy() {
        policies()
                .create(Policy.forbid("Freeze")
                        .denyMessage("We are moving house.")
                        .build());
        CallRefused refusal = denied(READ);
        assertThat(refusal.code()).isEqualTo(ErrorCode.POLICY_DENIED);
        assertThat(refusal.denyMessage()).isEqualTo("We are moving house.");

        policies().disable(named("Freeze").id());
        allowed(READ);
    }

    @Test
    void changeCountsAtTheVeryNextCallOfAnotherNode() {
        try (Bulla other = node(Baseline.standard());
                Session there = other.tenant(World.TENANT).member("alice").session()) {
            there.call("notes", READ);
            PolicyVersion freeze = policies().create(Policy.forbid("Freeze").build());
            assertThat(denied(() -> there.call("notes", READ)).code()).isEqualTo(ErrorCode.POLICY_DENIED);
            policies().delete(freeze.id());
            there.call("notes", READ);
        }
    }

    @Test
    void rowThatCanNotBeReadDeniesEverythingUntilItIsReplaced() {
        allowed(ApiRequest.of("POST", "/api/me"));
        PolicyVersion read = named("Members may read");
        ConnectionRow row =
                world.store.connections().findByName(World.TENANT, "notes").orElseThrow();
        String newer =
                read.policy().orElseThrow().toJson().replace("{\"name\"", "{\"onlyFrom\":\"10.0.0.0/8\",\"name\"");
        world.store
                .policies()
                .put(
                        new PolicyRow(World.TENANT, row.id(), "", read.id(), 0, newer, "olivia", "attempt", 0),
                        row.rulesNo());

        assertThat(denied(READ).code()).isEqualTo(ErrorCode.POLICY_UNREADABLE);
        assertThat(policies().list()).extracting(PolicyVersion::state).contains(PolicyVersion.State.UNREADABLE);
        assertThat(policies().simulate(List.of(), Duration.ofHours(1)))
                .returns(2L, Simulation::calls)
                .returns(0L, Simulation::before);

        policies().rollBack(read.id(), read.version());
        allowed(READ);
    }

    @Test
    void everyChangeIsAVersionThatCanBeBroughtBack() {
        PolicyVersion first = named("Members may read");
        Policy narrowed =
                Policy.permit("Bob may read").tiers(Tier.READ).members("bob").build();
        PolicyVersion second = policies().replace(first, narrowed);
        denied(READ);
        assertThatThrownBy(() -> policies().replace(first, narrowed)).isInstanceOf(PolicyRefused.class);

        PolicyDiff diff = policies().diff(first.id(), first.version(), second.version());
        assertThat(diff.text())
                .isEqualTo(
                        "- name: \"Members may read\"\n+ name: \"Bob may read\"\n- members: []\n+ members: [\"bob\"]\n");

        policies().delete(first.id());
        policies().rollBack(first.id(), first.version());
        allowed(READ);

        List<PolicyVersion> versions = policies().versions(first.id());
        assertThat(versions)
                .extracting(PolicyVersion::state)
                .containsExactly(
                        PolicyVersion.State.WRITTEN,
                        PolicyVersion.State.DELETED,
                        PolicyVersion.State.WRITTEN,
                        PolicyVersion.State.WRITTEN);
        assertThat(versions)
                .extracting(PolicyVersion::author)
                .containsExactly("olivia", "olivia", "olivia", Baseline.AUTHOR);
        assertThat(versions).extracting(PolicyVersion::version).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(policies().history()).startsWith(versions.get(0), versions.get(1), versions.get(2));
    }

    @Test
    void membersWithoutASetAreDeniedAndOthersHaveTheirOwn() {
        world.connect("bob", "notes", "ben");
        try (Bulla node = world.start(
                        world.store,
                        setup -> setup.policySets((tenant, member) ->
                                member.equals("alice") ? Optional.of("agents/alice") : Optional.empty()),
                        demo());
                Session alice = node.tenant(World.TENANT).member("alice").session();
                Session bob = node.tenant(World.TENANT).member("bob").session()) {
            denied(() -> alice.call("notes", READ));
            denied(() -> bob.call("notes", READ));

            policies()
                    .forSet("agents/alice")
                    .create(Policy.permit("Read").tiers(Tier.READ).build());

            alice.call("notes", READ);
            denied(() -> bob.call("notes", READ));
            assertThat(policies().sets()).containsExactly("", "agents/alice");
        }
    }

    @Test
    void everyValueThatIsWrongIsNamed() {
        Policy wrong = Policy.permit("")
                .tools("me", "you")
                .window(Window.in(ZoneId.of("UTC")).hours(9, 24))
                .resources(ResourceCondition.of("channel", "C1"), ResourceCondition.of("page", ""))
                .afterDenials(1)
                .denyMessage("x".repeat(501))
                .build();
        assertThatThrownBy(() -> policies().create(wrong)).isInstanceOfSatisfying(PolicyRefused.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.POLICY_REFUSED);
            assertThat(e.flaws())
                    .extracting(Flaw::field)
                    .contains(
                            "name",
                            "tools",
                            "window.hoursTo",
                            "resources[0].kind",
                            "resources[1].ids",
                            "afterDenials",
                            "denyMessage");
        });
        assertThat(policies().list()).hasSize(4);
    }

    @Test
    void chosenResourcesAreComparedInOneForm() {
        policies()
                .create(Policy.forbid("Secret page")
                        .resources(ResourceCondition.of("page", "Plans"))
                        .build());
        denied(ApiRequest.get("/pages/plans"));
        denied(ApiRequest.get("/pages/PLANS"));
        allowed(ApiRequest.get("/pages/other"));
        denied(ApiRequest.get("/elsewhere")); // what it touches is not known
        allowed(READ);
    }

    @Test
    void attributesThatAreNotKnownCountAgainstTheCall() {
        policies().delete(named("Members may read").id());
        policies()
                .create(Policy.permit("Open pages")
                        .tiers(Tier.READ)
                        .resources(ResourceCondition.all("page").with("visibility", "public"))
                        .build());
        denied(ApiRequest.get("/pages/plans"));
    }

    @Test
    void sessionIsStoppedAfterDenials() {
        policies().create(Policy.forbid("Enough").afterDenials(2).build());
        denied(DELETE);
        allowed(READ);
        denied(DELETE);
        denied(READ);
        session.close();
        session = world.member("alice").session();
        allowed(READ);
    }

    @Test
    void timeIsThatOfTheZone() {
        int hour = world.time.instant().atZone(ZoneId.of("Asia/Tokyo")).getHour();
        policies()
                .create(Policy.forbid("This hour")
                        .window(Window.in(ZoneId.of("Asia/Tokyo")).hours(hour, hour))
                        .build());
        denied(READ);
        world.time.advance(Duration.ofHours(1));
        session = world.member("alice").session();
        allowed(READ);
    }

    @Test
    void whatCanNotDoWhatItSaysIsFound() {
        policies().create(Policy.forbid("No changes").tiers(Tier.WRITE).build());
        policies()
                .create(Policy.permit("Changes by day")
                        .tiers(Tier.WRITE)
                        .window(Window.in(ZoneId.of("UTC")).hours(9, 17))
                        .build());
        policies().create(Policy.forbid("No deletes").tiers(Tier.DESTRUCTIVE).build());
        assertThat(policies().lint())
                .extracting(Finding::kind, Finding::policy)
                .containsExactlyInAnyOrder(
                        tuple(Finding.Kind.WINDOW_CANNOT_LIFT, "Changes by day"),
                        tuple(Finding.Kind.PERMIT_NEVER_APPLIES, "Members may change"),
                        tuple(Finding.Kind.FORBID_WITHOUT_EFFECT, "No deletes"));
    }

    @Test
    void otherPoliciesAreTriedOnWhatWasCalled() {
        allowed(READ);
        world.time.advance(Duration.ofSeconds(1));
        allowed(ApiRequest.of("POST", "/api/me"));
        world.time.advance(Duration.ofSeconds(1));
        denied(DELETE);
        denied(() -> session.tokenForSdk("notes"));

        Simulation simulation = policies()
                .simulate(
                        List.of(
                                Policy.permit("Delete").tiers(Tier.DESTRUCTIVE).build(),
                                Policy.permit("Read").tools("me").build()),
                        Duration.ofHours(24));

        assertThat(simulation.calls()).isEqualTo(4);
        assertThat(simulation.before()).isEqualTo(2);
        assertThat(simulation.after()).isEqualTo(2);
        assertThat(simulation.changed()).isEqualTo(2);
        assertThat(simulation.unmatched()).isEqualTo(2);
        assertThat(simulation.complete()).isTrue();
        assertThat(simulation.rows()).extracting(Simulation.Row::wasAllowed).containsExactly(true, false);
        assertThat(simulation.rows().get(0).before().matched())
                .singleElement()
                .satisfies(ref -> assertThat(ref.name()).isEqualTo("Members may change"));
    }

    @Test
    void changesAreTold() {
        PolicyVersion made = policies().create(Policy.forbid("Freeze").build());
        policies().delete(made.id());
        world.bulla.close();
        assertThat(events.stream().filter(ConnectionEvent.PolicyChanged.class::isInstance))
                .map(ConnectionEvent.PolicyChanged.class::cast)
                .extracting(
                        ConnectionEvent.PolicyChanged::name,
                        ConnectionEvent.PolicyChanged::version,
                        ConnectionEvent.PolicyChanged::deleted,
                        ConnectionEvent.PolicyChanged::author)
                .containsExactly(
                        tuple("Freeze", made.version(), false, "olivia"),
                        tuple("Freeze", made.version() + 1, true, "olivia"));
    }
}
