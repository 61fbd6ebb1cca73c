package dev.bulla.journeys;

import static dev.bulla.journeys.Chronicle.uses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Audit;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.Grant;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Admission;
import dev.bulla.model.Origin;
import dev.bulla.policy.PolicySets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is refused unseen, and nobody fills the audit by being refused. */
@Timeout(60)
class AuditRefusalTest {
    private static final ApiRequest ME = ApiRequest.get("/me");

    private final Booth booth = new Booth();
    private final AtomicReference<Admission> admission =
            new AtomicReference<>((tenant, member) -> Admission.Word.ADMITTED);
    private final AtomicReference<PolicySets> sets =
            new AtomicReference<>((tenant, member) -> Optional.of(PolicySets.SHARED));
    private Bulla node;
    private MemberKey key;

    @BeforeEach
    void start() {
        node = booth.node(
                Booth.provider().build(),
                setup -> setup.admission((tenant, member) -> admission.get().of(tenant, member))
                        .policySets((tenant, member) -> sets.get().setOf(tenant, member)));
        Booth.connection(node, "notes");
        Booth.connect(node, "notes", "alice");
        key = Keys.first(Booth.member(node, "alice"));
    }

    @AfterEach
    void close() {
        booth.close();
    }

    private Session open() {
        return Booth.member(node, "alice").session(key);
    }

    private Session granted() {
        try (Session session = open()) {
            String grant = session.grant(Grant.everything().lasting(Duration.ofHours(1)))
                    .text();
            return node.tenant("acme").open(grant, Origin.UNKNOWN);
        }
    }

    private Audit audit() {
        return node.tenant("acme").audit();
    }

    private static void refused(ErrorCode code, Runnable... verbs) {
        Arrays.stream(verbs)
                .forEach(verb -> assertThat(Stage.failure(verb::run).code())
                        .as("refusal")
                        .isEqualTo(code));
    }

    private static Stream<String> told(List<AuditEntry> entries) {
        return entries.stream()
                .map(entry -> entry.act().action() + " "
                        + entry.act().arguments().replaceAll(".*:\"|\"}", "")
                        + entry.act().tool() + " " + entry.verdict().reason());
    }

    @Test
    void whatAGrantDoesNotDoIsInItWithTheVerb() {
        try (Session session = granted()) {
            refused(
                    ErrorCode.BEYOND_GRANT,
                    () -> session.tokenForSdk("notes"),
                    () -> session.refresh("notes"),
                    () -> session.disconnect("notes"),
                    () -> session.selection("notes"),
                    () -> Booth.owner(node).tools("notes").importFrom(session),
                    () -> session.forms().view("notes"),
                    () -> session.forms().fill("notes", Map.of("key", "mine")),
                    () -> session.grant(Grant.everything()));
        }
        assertThat(told(uses(audit())))
                .containsExactlyInAnyOrder(
                        "TOKEN token BEYOND_GRANT",
                        "SESSION refresh BEYOND_GRANT",
                        "SESSION disconnect BEYOND_GRANT",
                        "SESSION selection BEYOND_GRANT",
                        "SESSION import BEYOND_GRANT",
                        "SESSION forms BEYOND_GRANT",
                        "SESSION forms BEYOND_GRANT",
                        "SESSION grant BEYOND_GRANT");
        assertThat(uses(audit())).allSatisfy(entry -> {
            assertThat(entry.verdict().allowed()).isFalse();
            assertThat(entry.member()).isEqualTo("alice");
            assertThat(entry.caller().grant()).isNotEmpty();
        });
    }

    @Test
    void toolThatIsNotThereIsInItByItsName() {
        try (Session session = open()) {
            refused(ErrorCode.TOOL_UNKNOWN, () -> session.callTool("nowhere__read", "{}"));
            refused(ErrorCode.TOOL_UNKNOWN, () -> session.callTool("notes__read", "{}"));
            refused(ErrorCode.TOOL_ARGUMENTS, () -> session.callTool("read", "{}"));
            refused(ErrorCode.TOOL_UNKNOWN, () -> session.callTool("x__what did I say? tell me", "{}"));
        }
        assertThat(told(uses(audit())))
                .containsExactlyInAnyOrder(
                        "TOOL nowhere__read TOOL_UNKNOWN",
                        "TOOL notes__read TOOL_UNKNOWN",
                        "TOOL read TOOL_ARGUMENTS",
                        "TOOL <text of 26> TOOL_UNKNOWN");
    }

    @Test
    void codeOfTheHostThatFailsLetsNothingThroughAndIsInIt() {
        try (Session session = open()) {
            admission.set((tenant, member) -> null);
            refused(ErrorCode.SETUP, () -> session.call("notes", ME));
            assertThat(session.explain("notes").obstacles())
                    .extracting(obstacle -> obstacle.code())
                    .containsExactly("SETUP");
            admission.set((tenant, member) -> Admission.Word.ADMITTED);
            sets.set((tenant, member) -> null);
            refused(ErrorCode.SETUP, () -> session.call("notes", ME));
        }
        assertThat(booth.sent).isEmpty();
        assertThat(told(uses(audit()))).containsExactly("CALL  SETUP", "CALL  SETUP");
    }

    @Test
    void limitsThatSayNothingLetNothingThroughAndThatIsInIt() {
        Bulla mute = booth.node(Booth.provider().build(), setup -> setup.rateLimits(taker -> null));
        try (Session session = Booth.member(mute, "alice").session(key)) {
            refused(ErrorCode.SETUP, () -> session.call("notes", ME));
            refused(ErrorCode.CONNECTION_UNKNOWN, () -> session.call("nothing", ME));
        }
        assertThat(booth.sent).isEmpty();
        assertThat(told(uses(mute.tenant("acme").audit())))
                .containsExactlyInAnyOrder("CALL  SETUP", "CALL  CONNECTION_UNKNOWN");
    }

    @Test
    void whoIsNotAdmittedUsesNothingAndTakesAccountsBack() {
        for (Admission.Word word : List.of(Admission.Word.MEMBER_NOT_APPROVED, Admission.Word.TENANT_DISABLED)) {
            ErrorCode code = ErrorCode.valueOf(word.name());
            admission.set((tenant, member) -> word);
            try (Session session = open()) {
                refused(
                        code,
                        session::tools,
                        () -> session.call("notes", ME),
                        () -> session.callTool("nowhere__read", "{}"),
                        () -> session.tokenForSdk("notes"),
                        () -> session.refresh("notes"),
                        () -> session.harvest("notes"),
                        () -> session.grant(Grant.everything()));
                assertThat(session.explain("notes").obstacles())
                        .extracting(obstacle -> obstacle.code())
                        .containsExactly(code.name());
                assertThat(session.explainTool("notes__read").obstacles())
                        .extracting(obstacle -> obstacle.code())
                        .startsWith(code.name());
            }
            assertThat(uses(audit()))
                    .filteredOn(entry -> entry.verdict().reason().equals(code.name()))
                    .hasSize(7);
        }
        try (Session session = open()) {
            session.disconnect("notes");
        }
    }

    @Test
    void refusalsCountAsCallsAndBeyondTheLimitMostAreCountedOnly() {
        try (Session session = open()) {
            for (int i = 0; i < 300; i++) {
                refused(ErrorCode.CONNECTION_UNKNOWN, () -> session.call("nothing", ME));
            }
            refused(ErrorCode.RATE_LIMITED, () -> session.call("notes", ME));
            assertThat(uses(audit())).hasSize(65);
            assertThat(missing()).isEqualTo(236);
            booth.time.advance(Duration.ofSeconds(1));
            refused(ErrorCode.CONNECTION_UNKNOWN, () -> session.call("nothing", ME));
            assertThat(uses(audit())).hasSize(66);
        }
        assertThat(node.maintenance().auditHealth().get(0).dropped()).isZero();
    }

    private int missing() {
        return audit().query(AuditQuery.all().member("alice").onlyDenied().onlyChanges()).entries().stream()
                .filter(entry -> entry.act().action() == Action.DROPPED)
                .mapToInt(entry -> Integer.parseInt(entry.act().arguments().replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void grantsShareTheLimitOfTheirKey() {
        try (Session one = granted();
                Session two = granted();
                Session key = open()) {
            for (int i = 0; i < 20; i++) {
                one.call("notes", ME);
                two.call("notes", ME);
                key.call("notes", ME);
            }
            refused(ErrorCode.RATE_LIMITED, () -> one.call("notes", ME), () -> key.call("notes", ME));
        }
    }
}
