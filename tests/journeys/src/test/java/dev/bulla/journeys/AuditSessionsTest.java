package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Audit;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.audit.SessionRecord;
import dev.bulla.audit.SessionRecord.Ended;
import dev.bulla.audit.SessionRecord.PolicyCount;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.Grant;
import dev.bulla.key.MemberKey;
import dev.bulla.limit.RateLimits;
import dev.bulla.model.Origin;
import dev.bulla.policy.Policy;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls are taken for one session, and what is said of it. */
@Timeout(60)
class AuditSessionsTest {
    private static final ApiRequest ME = ApiRequest.get("/me");
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final Booth booth = new Booth();
    private Bulla node;
    private MemberKey key;

    @BeforeEach
    void start() {
        node = booth.node(
                Booth.provider().build(),
                setup -> setup.rateLimits(RateLimits.none()).tools("keyed", Tool.json("""
                                {"name": "read_me", "description": "Reads", "input": {"type": "object"},
                                 "http": {"method": "GET", "path": "/me"}}
                                """)));
        Booth.connection(node, "notes");
        Booth.connect(node, "notes", "alice", "ben");
        key = Keys.first(Booth.member(node, "alice"));
    }

    @AfterEach
    void close() {
        booth.close();
    }

    private Session open(String client) {
        return Booth.member(node, "alice").session(key, new Origin("192.0.2.1", client));
    }

    /** Calls once, and answers the session's id. */
    private static String call(Session session) {
        try (session) {
            session.call("notes", ME);
            return session.id();
        }
    }

    private static String id(Session session) {
        try (session) {
            return session.id();
        }
    }

    private static void denied(Session session) {
        assertThat(Stage.failure(() -> session.call("notes", ApiRequest.of("DELETE", "/all")))
                        .code())
                .isEqualTo(ErrorCode.POLICY_DENIED);
    }

    private Audit audit() {
        return node.tenant("acme").audit();
    }

    private SessionRecord record(String id) {
        return audit().sessions(AuditQuery.all().session(id)).sessions().get(0);
    }

    @Test
    void callsOfOneNameAndKeyGoTogetherAndNeverAcross() {
        MemberKey bens = Keys.first(Booth.member(node, "ben"));
        String first = call(open("run-1"));
        String grant;
        try (Session session = open("run-1")) {
            assertThat(session.id()).isEqualTo(first);
            grant = session.grant(Grant.everything()).text();
        }
        Origin origin = new Origin("192.0.2.1", "run-1");

        assertThat(List.of(
                        first,
                        call(open("run-2")),
                        call(Booth.member(node, "ben").session(bens, origin)),
                        call(node.tenant("acme").open(grant, origin)),
                        id(Booth.member(node, "alice").session(origin)),
                        id(Booth.member(node, "alice").session(origin)),
                        call(open("")),
                        call(Booth.member(node, "alice").session(key, new Origin("192.0.2.2", "")))))
                .doesNotHaveDuplicates();
        assertThat(call(open(""))).isEqualTo(call(open("")));
    }

    @Test
    void halfAnHourWithoutACallBeginsAnother() {
        String first = call(open("run-1"));
        booth.time.advance(Duration.ofMinutes(29));
        assertThat(call(open("run-1"))).isEqualTo(first);
        assertThat(record(first).ended()).isEmpty();
        booth.time.advance(Duration.ofMinutes(30));
        assertThat(call(open("run-1"))).isNotEqualTo(first);
        assertThat(record(first).ended()).contains(Ended.INACTIVITY);
        assertThat(record(first).began()).isEqualTo(START);
        assertThat(record(first).last()).isEqualTo(START.plus(Duration.ofMinutes(29)));
    }

    @Test
    void recordSaysWhatWasDoneAndWhatPoliciesDecided() {
        Booth.owner(node)
                .policies("notes")
                .create(Policy.forbid("No deleting").tiers(Tier.DESTRUCTIVE).build());
        String id;
        try (Session session = open("run-1")) {
            id = session.id();
            session.callTool("notes__read_me", "{}");
            session.callTool("notes__read_me", "{}");
            session.call("notes", ApiRequest.post("/notes", "{}"));
            denied(session);
        }
        call(open("run-2"));

        SessionRecord record = record(id);
        assertThat(record.member()).isEqualTo("alice");
        assertThat(record.key()).isEqualTo(1);
        assertThat(record.client()).isEqualTo("run-1");
        assertThat(record.remote()).isEqualTo("192.0.2.1");
        assertThat(record.tools()).isEqualTo(Map.of("notes__read_me", 2));
        assertThat(record.allowed()).isEqualTo(3);
        assertThat(record.denied()).isEqualTo(1);
        assertThat(record.policies())
                .filteredOn(policy -> policy.name().equals("No deleting"))
                .extracting(PolicyCount::allowed, PolicyCount::denied)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(0, 1));
        assertThat(audit().sessions(AuditQuery.all()).sessions())
                .extracting(SessionRecord::client)
                .containsExactly("run-2", "run-1");
        assertThat(Booth.member(node, "alice")
                        .audit()
                        .sessions(AuditQuery.all())
                        .sessions())
                .hasSize(2)
                .allSatisfy(own -> assertThat(own.policies()).isEmpty());
        assertThat(Booth.member(node, "ben").audit().sessions(AuditQuery.all()).sessions())
                .isEmpty();
    }

    @Test
    void entriesAreFoundByTheirSessionAndGrant() {
        String id = call(open("run-1"));
        String grant;
        try (Session session = open("run-2")) {
            grant = session.grant(Grant.everything()).granted().id();
        }
        assertThat(audit().query(AuditQuery.all().session(id)).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.caller().client()).isEqualTo("run-1"));
        assertThat(audit().query(AuditQuery.all().session(id.toUpperCase())).entries())
                .isEmpty();
        assertThat(audit().query(AuditQuery.all().grant(grant)).entries())
                .extracting(entry -> entry.act().action())
                .containsExactly(Action.GRANT_ISSUED);
        assertThatThrownBy(() -> AuditQuery.all().session("\u0000")).isInstanceOf(BullaException.class);
    }

    @Test
    void whatWasDeniedCountsForTheKeyUntilAnOwnerResetsIt() {
        Booth.owner(node)
                .policies("notes")
                .create(Policy.forbid("No deleting").tiers(Tier.DESTRUCTIVE).build());
        Booth.owner(node)
                .policies("notes")
                .create(Policy.forbid("Enough").afterDenials(2).build());
        try (Session session = open("run-1");
                Session other = open("run-2")) {
            String before = session.id();
            denied(session);
            denied(other);
            assertThat(Stage.failure(() -> session.call("notes", ME)).code()).isEqualTo(ErrorCode.POLICY_DENIED);
            assertThat(Stage.failure(() -> other.call("notes", ME)).code()).isEqualTo(ErrorCode.POLICY_DENIED);

            assertThat(node.tenant("other").resetSession(before, "olga")).isFalse();
            assertThat(node.tenant("acme").resetSession("none", "olga")).isFalse();
            assertThatThrownBy(() -> node.tenant("acme").resetSession(before, ""))
                    .isInstanceOf(BullaException.class);
            assertThat(session.id()).as("nobody is named who wants it").isEqualTo(before);
            assertThat(node.tenant("acme").resetSession(before, "olga")).isTrue();

            assertThat(session.call("notes", ME).status()).isEqualTo(200);
            assertThat(session.id()).isNotEqualTo(before);
            assertThat(record(before).ended()).contains(Ended.RESET);
            assertThat(record(before).denied()).isEqualTo(2);
            assertThat(record(session.id()).ended()).isEmpty();
            assertThat(audit().query(AuditQuery.all().session(before).onlyChanges())
                            .entries())
                    .singleElement()
                    .satisfies(AuditSessionsTest::isResetByOlga);
        }
    }

    @Test
    void sessionThatWasUsedLastComesFirstThoughAnotherWasResetSince() {
        String first = call(open("run-1"));
        booth.time.advance(Duration.ofMinutes(1));
        call(open("run-2"));
        booth.time.advance(Duration.ofMinutes(1));
        assertThat(node.tenant("acme").resetSession(first, "olga")).isTrue();

        assertThat(audit().sessions(AuditQuery.all()).sessions())
                .extracting(SessionRecord::client)
                .containsExactly("run-2", "run-1");
    }

    private static void isResetByOlga(AuditEntry entry) {
        assertThat(entry.act().action()).isEqualTo(Action.SESSION_RESET);
        assertThat(entry.member()).isEqualTo("alice");
        assertThat(entry.caller().by()).isEqualTo("olga");
    }
}
