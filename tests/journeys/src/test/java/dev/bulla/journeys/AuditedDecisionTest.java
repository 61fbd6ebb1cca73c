package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.ConnectionPolicies;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.limit.RateLimits;
import dev.bulla.model.Admission;
import dev.bulla.model.Origin;
import dev.bulla.model.Settings;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Simulation;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the audit of decisions is what was decided, about what, and by which version of which policy. */
class AuditedDecisionTest {
    private static final String SECRET = "a word that nobody but the member knows";
    private static final String ARGUMENTS = "{\"owner\": \"Octo\", \"repo\": \"Hello\", \"title\": \"" + SECRET
            + "\", \"labels\": [\"bug\", \"" + SECRET + "\"]}";

    private final List<HttpCall> asked = new ArrayList<>();
    private final AtomicReference<Admission.Word> word = new AtomicReference<>(Admission.Word.ADMITTED);
    private final TestBulla world = TestBulla.inMemory(
                    setup -> setup.rateLimits(RateLimits.none()).admission((tenant, member) -> word.get()),
                    FakeService.speaking(GitHub.create()).api(this::answer))
            .at("2026-11-20T12:00:00Z");
    private final Member alice = world.bulla().tenant("acme").member("alice");
    private Session session;

    private HttpAnswer answer(HttpCall call) {
        asked.add(call);
        return FakeService.json(
                200,
                "{\"full_name\":\"octo/hello\",\"visibility\":\"public\",\"archived\":false,\"fork\":false,\"topics\":[]}");
    }

    @BeforeEach
    void connect() {
        world.connect("acme", "alice", "github");
        session = alice.session(new Origin("203.0.113.7", "run-1"));
        asked.clear();
    }

    @AfterEach
    void close() {
        session.close();
        world.close();
    }

    private ConnectionPolicies policies() {
        return world.bulla().tenant("acme").connections().policies("github");
    }

    private PolicyVersion named(String name) {
        return policies().list().stream()
                .filter(version -> version.policy().orElseThrow().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static AuditEntry.Policy as(PolicyVersion version) {
        return new AuditEntry.Policy(
                version.id(), version.policy().orElseThrow().name(), version.version());
    }

    private List<AuditEntry> found(AuditQuery query) {
        return world.bulla().tenant("acme").audit().query(query.onlyUses()).entries();
    }

    private AuditEntry last() {
        return found(AuditQuery.all()).get(0);
    }

    private static CallRefused denied(Runnable call) {
        return (CallRefused) Stage.failure(call);
    }

    @Test
    void callOfAToolSaysWhatAndByWhichPolicy() {
        ToolResult result = session.callTool("github__create_issue", ARGUMENTS);
        assertThat(result.status()).isEqualTo(200);
        AuditEntry entry = last();
        assertThat(result.entry()).isEqualTo(entry.id());
        assertThat(session.call("github", ApiRequest.get("/user")).entry())
                .isEqualTo(last().id())
                .isNotEqualTo(entry.id());
        assertThat(entry.act().action()).isEqualTo(Action.TOOL);
        assertThat(entry.act().tool()).isEqualTo("github__create_issue");
        assertThat(entry.act().method()).isEqualTo("POST");
        assertThat(entry.act().path()).isEqualTo("/repos/{owner}/{repo}/issues");
        assertThat(entry.act().tier()).isEqualTo("WRITE");
        assertThat(entry.act().resourceKind()).isEqualTo("repository");
        assertThat(entry.act().resourceId()).isEqualTo("octo/hello");
        assertThat(entry.act().arguments())
                .isEqualTo("{\"owner\":\"<text of 4>\",\"repo\":\"<text of 5>\",\"title\":\"<text of 39>\","
                        + "\"labels\":[\"<text of 3>\",\"<text of 39>\"]}");
        assertThat(entry.verdict().allowed()).isTrue();
        assertThat(entry.verdict().reason()).isEqualTo("PERMITTED");
        assertThat(entry.verdict().policies()).containsExactly(as(named("Members may change")));
        assertThat(entry.toString()).doesNotContain(SECRET);
    }

    @Test
    void toolsOfConnectionsThatSoundAlikeAreToldApart() {
        for (String name : List.of("git hub", "git-hub")) {
            world.advance(Duration.ofSeconds(1));
            world.bulla().tenant("acme").connections().create(name, "github");
            world.bulla()
                    .tenant("acme")
                    .connections()
                    .save(name, Settings.clientId("client").clientSecret("secret"));
            world.connect("acme", "alice", name);
        }
        String called = session.tools().stream()
                .map(ToolEntry::name)
                .filter(name -> name.startsWith("git-hub-") && name.endsWith("__get_repository"))
                .findFirst()
                .orElseThrow();
        session.callTool(called, "{\"owner\": \"octo\", \"repo\": \"hello\"}");
        assertThat(last().act().tool()).isEqualTo(called);
        assertThat(last().service().name()).isEqualTo("git-hub");
    }

    @Test
    void denialSaysByWhichVersionAndInWhichWords() {
        PolicyVersion first = policies()
                .create(Policy.forbid("Freeze")
                        .tiers(Tier.WRITE)
                        .denyMessage("First.")
                        .build());
        PolicyVersion second = policies()
                .replace(
                        first,
                        Policy.forbid("Freeze")
                                .tiers(Tier.WRITE)
                                .denyMessage("Ask Olivia.")
                                .build());
        CallRefused refusal = denied(() -> session.callTool("github__create_issue", ARGUMENTS));
        assertThat(refusal.denyMessage()).isEqualTo("Ask Olivia.");
        AuditEntry entry = last();
        assertThat(entry.verdict().allowed()).isFalse();
        assertThat(entry.verdict().reason()).isEqualTo("FORBIDDEN");
        assertThat(entry.verdict().message()).isEqualTo("Ask Olivia.");
        assertThat(entry.verdict().policies()).containsExactly(as(second));
        assertThat(entry.act().tool()).isEqualTo("github__create_issue");
        assertThat(entry.act().resourceId()).isEqualTo("octo/hello");
        assertThat(entry.result().status()).isZero();
        assertThat(entry.toString()).doesNotContain(SECRET);
        assertThat(found(AuditQuery.all().policy(first.id()))).containsExactly(entry);
        assertThat(found(AuditQuery.all().policy(named("Members may read").id())))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void membersSeeTheWordsAndTheAddressAndNoPolicy() {
        policies().create(Policy.forbid("Freeze").denyMessage("Ask Olivia.").build());
        denied(() -> session.call("github", ApiRequest.get("/user")));
        AuditEntry entry =
                alice.audit().query(AuditQuery.all().onlyUses()).entries().get(0);
        assertThat(entry.id()).isEqualTo(last().id());
        assertThat(entry.verdict().reason()).isEqualTo("FORBIDDEN");
        assertThat(entry.verdict().message()).isEqualTo("Ask Olivia.");
        assertThat(entry.caller().remote()).isEqualTo("203.0.113.7");
        assertThat(entry.verdict().policies()).isEmpty();
        assertThat(entry.toString()).doesNotContain("Freeze");
    }

    @Test
    void reasonsAreToldApart() {
        denied(() -> session.call("github", ApiRequest.delete("/repos/octo/hello")));
        assertThat(last().verdict().reason()).isEqualTo("NO_PERMIT");
        assertThat(last().act().tool()).isEqualTo("github__delete_repository");
        assertThat(last().verdict().policies()).isEmpty();
        denied(() -> session.tokenForSdk("github"));
        assertThat(last().act().action()).isEqualTo(Action.TOKEN);
        assertThat(last().verdict().reason()).isEqualTo("NO_PERMIT");
        word.set(Admission.Word.TENANT_DISABLED);
        denied(() -> session.call("github", ApiRequest.get("/user")));
        assertThat(last().verdict().reason()).isEqualTo(ErrorCode.TENANT_DISABLED.name());
        word.set(Admission.Word.MEMBER_NOT_APPROVED);
        denied(() -> session.callTool("github__create_issue", ARGUMENTS));
        assertThat(last().verdict().reason()).isEqualTo(ErrorCode.MEMBER_NOT_APPROVED.name());
        assertThat(asked).isEmpty();
    }

    /** However the path of the one repository is written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/octo/plans",
                "/repos/Octo/PLANS/issues",
                "/repos/octo/%70lans",
                "/repos/%6Fcto/plans/issues/1",
                "/repos/octo/plans;x=y",
                "/repos/octo;x/plans",
                "/repos/octo%2Fplans",
                "/repos/octo/plans%2Fissues",
                "/repos/octo/plans%5Cx",
                "/repos/octo/pl%2561ns",
                "/REPOS/octo/plans",
                "https://api.github.com/repos/octo/plans"
            })
    void forbiddenRepositoryIsNotReachedByAnotherSpelling(String path) {
        policies().enable(named("Members may delete").id());
        PolicyVersion secret = policies()
                .create(Policy.forbid("Secret plans")
                        .resources(ResourceCondition.of("repository", "octo/plans"))
                        .build());
        assertThat(session.call("github", ApiRequest.get("/repos/octo/hello")).status())
                .isEqualTo(200);
        asked.clear();
        denied(() -> session.call("github", ApiRequest.get(path)));
        assertThat(asked).isEmpty();
        assertThat(last().verdict().reason()).isIn("FORBIDDEN", "UNCLEAR");
        assertThat(last().verdict().policies()).containsExactly(as(secret));
    }

    private static Policy visible(String visibility) {
        return Policy.permit("Those that are " + visibility)
                .resources(ResourceCondition.all("repository").with("visibility", visibility))
                .build();
    }

    private Simulation tried(Policy policy) {
        return policies().simulate(List.of(policy), Duration.ofHours(1));
    }

    @Test
    void whatNobodyAskedForThenIsTakenAsItIsNow() {
        session.call("github", ApiRequest.get("/repos/octo/hello"));
        assertThat(last().verdict().facts().attributes()).isEmpty();
        assertThat(tried(visible("public")).after()).isZero();
        policies().create(visible("public"));
        policies().disable(named("Members may read").id());
        session.call("github", ApiRequest.get("/repos/octo/hello"));
        assertThat(tried(visible("public"))).returns(2L, Simulation::calls).returns(2L, Simulation::after);
    }
}
