package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Audit;
import dev.bulla.IssuedKey;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditFormat;
import dev.bulla.audit.AuditPage;
import dev.bulla.audit.AuditQuery;
import dev.bulla.audit.AuditSettings;
import dev.bulla.audit.AuditSettings.WhenFull;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.limit.RateLimits;
import dev.bulla.model.Origin;
import dev.bulla.model.Settings;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands in the audit after what was done. */
@Timeout(60)
class AuditTest {
    private final List<HttpCall> asked = new ArrayList<>();
    private final FakeService github = FakeService.speaking(GitHub.create()).api(this::answer);
    private final Gallery sink = new Gallery();
    private final TestBulla world = TestBulla.inMemory(
                    setup -> setup.rateLimits(RateLimits.none()).audit(AuditSettings.standard()), github)
            .at("2026-11-20T12:00:00Z");
    private final Member alice = world.bulla().tenant("acme").member("alice");

    private HttpAnswer answer(HttpCall call) {
        asked.add(call);
        return FakeService.json(201, "{\"token\":\"in-the-answer\"}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static List<AuditEntry> uses(Audit audit) {
        return audit.query(AuditQuery.all().onlyUses()).entries();
    }

    private static List<Action> changes(Audit audit) {
        List<Action> actions = new ArrayList<>(audit.query(AuditQuery.all().onlyChanges()).entries().stream()
                .map(entry -> entry.act().action())
                .toList());
        java.util.Collections.reverse(actions);
        return actions;
    }

    private Audit owner() {
        return world.bulla().tenant("acme").audit();
    }

    private void call(Member member, String path) {
        try (Session session = member.session()) {
            session.call("github", ApiRequest.get(path));
        }
    }

    @Test
    void callIsOneEntryThatSaysWhoWhatAndWhatCameOfIt() {
        world.connect("acme", "alice", "github");
        IssuedKey issued = alice.keys().issue();
        MemberKey key = MemberKey.parse(issued.text());
        try (Session session = alice.session(key, new Origin("203.0.113.7", "agent-1"))) {
            session.call(
                    "github",
                    ApiRequest.post(
                            "/user/keys/ghp_0123456789abcdefghijABCDEFGHIJ012345?secret=in-the-query",
                            "{\"body\":\"in-the-body\"}"));

            AuditEntry entry = uses(owner()).get(0);
            assertThat(uses(owner())).hasSize(1);
            assertThat(entry.at()).isEqualTo(Instant.parse("2026-11-20T12:00:00Z"));
            assertThat(entry.tenant()).isEqualTo("acme");
            assertThat(entry.member()).isEqualTo("alice");
            assertThat(entry.caller().session()).isEqualTo(session.id());
            assertThat(entry.caller().key()).isEqualTo(1);
            assertThat(entry.caller().remote()).isEqualTo("203.0.113.7");
            assertThat(entry.caller().client()).isEqualTo("agent-1");
            assertThat(entry.service().name()).isEqualTo("github");
            assertThat(entry.service().provider()).isEqualTo("github");
            assertThat(entry.act().action()).isEqualTo(Action.CALL);
            assertThat(entry.act().method()).isEqualTo("POST");
            assertThat(entry.act().path()).isEqualTo("/user/keys/*");
            assertThat(entry.verdict().allowed()).isTrue();
            assertThat(entry.result().status()).isEqualTo(201);
            assertThat(entry.result().outcome()).isEqualTo("ANSWERED");
            assertThat(entry.result().took()).isPositive();
            assertThat(entry.toString()).doesNotContain("ghp_", "in-the-query", "in-the-body", "in-the-answer");
        }
    }

    @Test
    void refusedCallIsOneEntryToo() {
        world.connect("acme", "alice", "github");
        world.bulla().tenant("acme").connections().disable("github");
        asked.clear();

        assertThatThrownBy(() -> call(alice, "/issues")).isInstanceOf(BullaException.class);

        assertThat(uses(owner())).singleElement().satisfies(entry -> {
            assertThat(entry.verdict().allowed()).isFalse();
            assertThat(entry.verdict().reason()).isEqualTo("NOT_ENABLED");
            assertThat(entry.service().name()).isEqualTo("github");
            assertThat(entry.result().status()).isZero();
        });
        assertThat(asked).isEmpty();
    }

    @Test
    void callThatFailsBehindTheGateSaysHow() {
        world.connect("acme", "alice", "github");
        Member bob = world.bulla().tenant("acme").member("bob");

        assertThatThrownBy(() -> call(bob, "/issues")).isInstanceOf(BullaException.class);

        assertThat(uses(owner())).singleElement().satisfies(entry -> {
            assertThat(entry.member()).isEqualTo("bob");
            assertThat(entry.verdict().allowed()).isTrue();
            assertThat(entry.result().outcome()).isEqualTo("NOT_CONNECTED");
        });
    }

    @Test
    void changesOfCredentialsAreInItWithWhoMadeThem() {
        var connections = world.bulla().tenant("acme").connections().by("olga");
        connections.create("github", "github");
        connections.save("github", Settings.clientId("id-1").clientSecret("secret-1"));
        world.connect("acme", "alice", "github");
        world.connect("acme", "alice", "github");
        world.advance(Duration.ofSeconds(1));
        String firstKey = alice.keys().issue().text();
        alice.session(MemberKey.parse(firstKey)).close();
        IssuedKey second = alice.keys().rotate(MemberKey.parse(firstKey));
        alice.session(MemberKey.parse(second.text())).close();
        alice.disconnect("github");
        connections.disable("github");
        connections.enable("github");
        connections.save("github", Settings.clientId("id-2").clientSecret("secret-2"));
        connections.retireOldApps("github");
        alice.keys().reset();
        alice.remove();
        connections.delete("github");

        assertThat(changes(owner()))
                .containsSubsequence(
                        Action.CONNECTION_CREATED,
                        Action.CONNECTION_SAVED,
                        Action.ACCOUNT_CONNECTED,
                        Action.ACCOUNT_RECONNECTED,
                        Action.KEY_ISSUED,
                        Action.KEY_ROTATED,
                        Action.ACCOUNT_DISCONNECTED,
                        Action.CONNECTION_DISABLED,
                        Action.CONNECTION_ENABLED,
                        Action.CONNECTION_SAVED,
                        Action.APPS_RETIRED,
                        Action.KEY_RESET,
                        Action.MEMBER_REMOVED,
                        Action.CONNECTION_DELETED);
        assertThat(owner().query(AuditQuery.all().onlyChanges()).entries())
                .filteredOn(entry -> entry.act().action().name().startsWith("CONNECTION"))
                .allSatisfy(entry -> assertThat(entry.caller().by()).isEqualTo("olga"));
        assertThat(owner().query(AuditQuery.all().onlyChanges()).entries())
                .filteredOn(entry -> entry.act().action() == Action.KEY_ROTATED)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.member()).isEqualTo("alice");
                    assertThat(entry.caller().key()).isEqualTo(2);
                });
    }

    @Test
    void accountThatMustBeConnectedAgainIsInItWithItsReason() {
        world.connect("acme", "alice", "github");

        world.bulla().tenant("acme").connections().askToReconnect("github");

        assertThat(owner().query(AuditQuery.all().onlyChanges().limit(1)).entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.act().action()).isEqualTo(Action.RECONNECT_REQUIRED);
                    assertThat(entry.verdict().reason()).isEqualTo("owner_asked");
                    assertThat(entry.member()).isEqualTo("alice");
                });
    }

    @Test
    void nobodySeesAnotherTenantAndAMemberSeesTheirOwn() {
        world.connect("acme", "alice", "github");
        world.connect("acme", "bob", "github");
        world.connect("other", "alice", "github");
        call(alice, "/issues");
        call(world.bulla().tenant("acme").member("bob"), "/issues");
        call(world.bulla().tenant("other").member("alice"), "/issues");

        assertThat(uses(owner())).extracting(AuditEntry::member).containsExactly("bob", "alice");
        assertThat(uses(alice.audit())).extracting(AuditEntry::member).containsExactly("alice");
        assertThat(alice.audit().query(AuditQuery.all().member("bob")).entries())
                .extracting(AuditEntry::member)
                .containsOnly("alice");
        assertThat(world.bulla().tenant("acme ").audit().query(AuditQuery.all()).entries())
                .isEmpty();
        assertThatThrownBy(() -> alice.audit().query(AuditQuery.all().policy("p")))
                .isInstanceOf(BullaException.class);
    }

    @Test
    void queriesFindWhatFits() {
        world.connect("acme", "alice", "github");
        world.connect("acme", "bob", "github");
        Instant start = world.clock().instant();
        for (int minute = 0; minute < 5; minute++) {
            call(minute == 2 ? world.bulla().tenant("acme").member("bob") : alice, "/issues");
            world.advance(Duration.ofMinutes(1));
        }
        Instant second = start.plus(Duration.ofMinutes(1));
        AuditQuery uses = AuditQuery.all().onlyUses();

        assertThat(owner().query(uses.from(second).to(second.plus(Duration.ofMinutes(2))))
                        .entries())
                .hasSize(3)
                .extracting(AuditEntry::at)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(owner().query(uses.from(second.plusMillis(1)).to(second.plus(Duration.ofMinutes(2))))
                        .entries())
                .hasSize(2);
        assertThat(owner().query(uses.from(second)
                                .to(second.plus(Duration.ofMinutes(2)).minusMillis(1)))
                        .entries())
                .hasSize(2);
        assertThat(owner().query(uses.member("bob")).entries()).hasSize(1);
        assertThat(owner().query(uses.member("BOB")).entries()).isEmpty();
        assertThat(owner().query(uses.connection("github")).entries()).hasSize(5);
        assertThat(owner().query(uses.connection("git")).entries()).isEmpty();
        assertThat(owner().query(uses.onlyDenied()).entries()).isEmpty();
        assertThat(owner().query(uses.onlyAllowed().limit(2).offset(3)).entries())
                .hasSize(2);
        assertThat(owner().query(uses.onlyAllowed().limit(2).offset(4)).entries())
                .hasSize(1);
        assertThatThrownBy(() -> uses.limit(501)).isInstanceOf(BullaException.class);
        assertThatThrownBy(() -> uses.after("' or 1=1")).isInstanceOf(BullaException.class);
    }

    @Test
    void pagesGoOnWhereTheyEndedWhateverIsWrittenMeanwhile() {
        world.connect("acme", "alice", "github");
        for (int i = 0; i < 7; i++) {
            call(alice, "/issues");
        }
        List<AuditEntry> all = uses(owner());
        AuditQuery query = AuditQuery.all().onlyUses().limit(3);
        AuditPage first = owner().query(query);
        world.advance(Duration.ofSeconds(1));
        call(alice, "/issues");
        AuditPage next = owner().query(query.after(first.next().orElseThrow()));
        AuditPage last = owner().query(query.after(next.next().orElseThrow()));

        List<AuditEntry> read = new ArrayList<>(first.entries());
        read.addAll(next.entries());
        read.addAll(last.entries());
        assertThat(read).isEqualTo(all);
        assertThat(last.next()).isEmpty();
    }

    @Test
    void exportHoldsEverythingOldestFirstAndTellsHowFarItIs() throws IOException {
        world.connect("acme", "alice", "github");
        try (Session session = alice.session()) {
            IntStream.range(0, 1_100).forEach(i -> session.call("github", ApiRequest.get("/issues")));
        }
        StringBuilder lines = new StringBuilder();
        List<Long> progress = new ArrayList<>();

        long count = owner().export(AuditQuery.all().onlyUses().limit(1), AuditFormat.JSON_LINES, lines, progress::add);

        assertThat(count).isEqualTo(1_100);
        assertThat(progress).containsExactly(500L, 1_000L, 1_100L);
        List<String> ids =
                lines.toString().lines().map(line -> line.substring(7, 39)).toList();
        assertThat(ids).hasSize(1_100).isSorted().doesNotHaveDuplicates();
        assertThat(lines.toString().lines()).allMatch(line -> line.startsWith("{\"id\":\"") && line.endsWith("}"));
    }

    @Test
    void spreadsheetCalculatesNothing() throws IOException {
        Member mallory = world.bulla().tenant("acme").member("=cmd|' /C calc'!A0");
        world.connect("acme", "alice", "github");
        assertThatThrownBy(() -> {
                    try (Session session = mallory.session()) {
                        session.call("@\"sum\"", ApiRequest.get("/issues"));
                    }
                })
                .isInstanceOf(BullaException.class);
        StringBuilder csv = new StringBuilder();

        owner().export(AuditQuery.all().onlyDenied(), AuditFormat.CSV, csv, count -> {});

        String[] rows = csv.toString().split("\r\n");
        assertThat(rows).hasSize(2);
        assertThat(rows[0]).startsWith("id,at,tenant,member,");
        assertThat(rows[1]).contains(",\"'=cmd|' /C calc'!A0\",", ",\"'@\"\"sum\"\"\",");
    }

    @Test
    void oldEntriesGo() {
        world.connect("acme", "alice", "github");
        call(alice, "/issues");
        world.advance(Duration.ofDays(60));
        world.connect("acme", "alice", "github");
        world.advance(Duration.ofDays(31));

        assertThat(owner().query(AuditQuery.all()).entries()).hasSizeGreaterThan(3);
        assertThat(world.bulla().maintenance().purgeAudit(1)).isEqualTo(1);
        int rest = world.bulla().maintenance().purgeAudit(1_000);

        assertThat(rest).isPositive();
        assertThat(owner().query(AuditQuery.all()).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.act().action()).isEqualTo(Action.ACCOUNT_RECONNECTED));
    }

    private TestBulla with(AuditSettings settings) {
        return TestBulla.inMemory(setup -> setup.rateLimits(RateLimits.none()).audit(settings), github);
    }

    @Test
    void deadSinkRefusesCallsOnceTheBufferIsFullAndNothingIsLostWhenItIsBack() {
        AuditSettings settings =
                AuditSettings.standard().notStored().capacity(100).also(sink, WhenFull.REFUSE);
        try (TestBulla other = with(settings)) {
            other.connect("acme", "alice", "github");
            sink.close();
            asked.clear();
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 100).forEach(i -> session.call("github", ApiRequest.get("/issues")));

                assertThatThrownBy(() -> session.call("github", ApiRequest.get("/issues")))
                        .isInstanceOfSatisfying(BullaException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE);
                            assertThat(e.isRetryable()).isTrue();
                        });
                assertThat(asked).hasSize(100);
                sink.failed();
                assertThat(other.bulla().maintenance().auditHealth())
                        .singleElement()
                        .satisfies(health -> {
                            assertThat(health.failingSince()).isPresent();
                            assertThat(health.waiting()).isEqualTo(100);
                        });

                sink.open();
                while (other.bulla().maintenance().auditHealth().get(0).waiting() > 0) {
                    Thread.onSpinWait();
                }
                session.call("github", ApiRequest.get("/issues"));
            }
        }
        assertThat(sink.uses()).hasSize(101).doesNotHaveDuplicates();
    }

    @Test
    void deadSinkThatMayDropLetsCallsGoOnAndSaysHowManyAreMissing() {
        AuditSettings settings =
                AuditSettings.standard().notStored().capacity(100).also(sink, WhenFull.DROP);
        try (TestBulla other = with(settings)) {
            other.connect("acme", "alice", "github");
            sink.close();
            asked.clear();
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 130).forEach(i -> session.call("github", ApiRequest.get("/issues")));
            }
            assertThat(asked).hasSize(130);
            assertThat(other.bulla().maintenance().auditHealth().get(0).dropped())
                    .isEqualTo(30);
            sink.open();
        }
        assertThat(sink.uses()).hasSize(100);
        assertThat(sink.all())
                .filteredOn(entry -> entry.act().action() == Action.DROPPED)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.tenant()).isEqualTo("acme");
                    assertThat(entry.act().arguments()).isEqualTo("{\"entries\":30}");
                });
    }

    @Test
    void whoIsDeniedAgainAndAgainStopsNobodyElse() {
        AuditSettings settings =
                AuditSettings.standard().notStored().capacity(100).also(sink, WhenFull.REFUSE);
        try (TestBulla other = with(settings)) {
            other.connect("acme", "alice", "github");
            sink.close();
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                for (int i = 0; i < 200; i++) {
                    assertThatThrownBy(() -> session.call("nothing", ApiRequest.get("/issues")))
                            .isInstanceOfSatisfying(
                                    BullaException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN));
                }
                session.call("github", ApiRequest.get("/issues"));
                other.bulla().tenant("acme").connections().disable("github");
            }
            sink.open();
        }
        assertThat(sink.uses()).filteredOn(entry -> entry.verdict().allowed()).hasSize(1);
        assertThat(sink.all()).extracting(entry -> entry.act().action()).contains(Action.CONNECTION_DISABLED);
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        AuditSettings settings = AuditSettings.standard().notStored().also(sink, WhenFull.REFUSE);
        try (TestBulla other = with(settings)) {
            other.connect("acme", "alice", "github");
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 600).forEach(i -> session.call("github", ApiRequest.get("/issues")));
            }
        }
        assertThat(sink.uses()).hasSize(600);
        assertThat(sink.largest()).isBetween(2, 500);
    }

    @Test
    void entryThatASinkRefusesHoldsUpNoOther() {
        AuditSettings settings = AuditSettings.standard().notStored().also(sink, WhenFull.REFUSE);
        try (TestBulla other = with(settings)) {
            other.connect("acme", "alice", "github");
            sink.refuse("/teams");
            try (Session session = other.bulla().tenant("acme").member("alice").session()) {
                IntStream.range(0, 20)
                        .forEach(i -> session.call("github", ApiRequest.get(i == 7 ? "/teams" : "/issues")));
            }
        }
        assertThat(sink.uses()).hasSize(19);
    }
}
