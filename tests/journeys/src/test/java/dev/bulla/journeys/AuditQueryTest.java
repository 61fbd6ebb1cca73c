package dev.bulla.journeys;

import static dev.bulla.journeys.Chronicle.call;
import static dev.bulla.journeys.Chronicle.uses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditFormat;
import dev.bulla.audit.AuditPage;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.BullaException;
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

/** What is found in the audit, by whom, and how it is taken away. */
@Timeout(60)
class AuditQueryTest {
    private final Chronicle audit = new Chronicle();
    private final TestBulla world = audit.world;
    private final Member alice = audit.alice;

    @AfterEach
    void close() {
        audit.close();
    }

    @Test
    void nobodySeesAnotherTenantAndAMemberSeesTheirOwn() {
        world.connect("acme", "alice", "github");
        world.connect("acme", "bob", "github");
        world.connect("other", "alice", "github");
        call(alice, "/issues");
        call(world.bulla().tenant("acme").member("bob"), "/issues");
        call(world.bulla().tenant("other").member("alice"), "/issues");

        assertThat(uses(audit.owner())).extracting(AuditEntry::member).containsExactly("bob", "alice");
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

        assertThat(audit.owner()
                        .query(uses.from(second).to(second.plus(Duration.ofMinutes(2))))
                        .entries())
                .hasSize(3)
                .extracting(AuditEntry::at)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(audit.owner()
                        .query(uses.from(second.plusMillis(1)).to(second.plus(Duration.ofMinutes(2))))
                        .entries())
                .hasSize(2);
        assertThat(audit.owner()
                        .query(uses.from(second)
                                .to(second.plus(Duration.ofMinutes(2)).minusMillis(1)))
                        .entries())
                .hasSize(2);
        assertThat(audit.owner().query(uses.member("bob")).entries()).hasSize(1);
        assertThat(audit.owner().query(uses.member("BOB")).entries()).isEmpty();
        assertThat(audit.owner().query(uses.connection("github")).entries()).hasSize(5);
        assertThat(audit.owner().query(uses.connection("git")).entries()).isEmpty();
        assertThat(audit.owner().query(uses.onlyDenied()).entries()).isEmpty();
        assertThat(audit.owner().query(uses.onlyAllowed().limit(2).offset(3)).entries())
                .hasSize(2);
        assertThat(audit.owner().query(uses.onlyAllowed().limit(2).offset(4)).entries())
                .hasSize(1);
        Instant far = Instant.parse("+20000-01-01T00:00:00Z");
        assertThat(audit.owner().query(uses.from(Instant.MIN).to(Instant.MAX)).entries())
                .hasSize(5);
        assertThat(audit.owner().query(uses.from(far)).entries()).isEmpty();
        assertThat(audit.owner().query(uses.to(far)).entries()).hasSize(5);
        assertThatThrownBy(() -> uses.limit(501)).isInstanceOf(BullaException.class);
        assertThatThrownBy(() -> uses.after("' or 1=1")).isInstanceOf(BullaException.class);
    }

    @Test
    void pagesGoOnWhereTheyEndedWhateverIsWrittenMeanwhile() {
        world.connect("acme", "alice", "github");
        for (int i = 0; i < 7; i++) {
            call(alice, "/issues");
        }
        List<AuditEntry> all = uses(audit.owner());
        AuditQuery query = AuditQuery.all().onlyUses().limit(3);
        AuditPage first = audit.owner().query(query);
        world.advance(Duration.ofSeconds(1));
        call(alice, "/issues");
        AuditPage next = audit.owner().query(query.after(first.next().orElseThrow()));
        AuditPage last = audit.owner().query(query.after(next.next().orElseThrow()));

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

        long count = audit.owner()
                .export(AuditQuery.all().onlyUses().limit(1), AuditFormat.JSON_LINES, lines, progress::add);

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

        audit.owner().export(AuditQuery.all().onlyDenied(), AuditFormat.CSV, csv, count -> {});

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

        assertThat(audit.owner().query(AuditQuery.all()).entries()).hasSizeGreaterThan(3);
        assertThat(world.bulla().maintenance().purgeAudit(1)).isEqualTo(1);
        int rest = world.bulla().maintenance().purgeAudit(1_000);

        assertThat(rest).isPositive();
        assertThat(audit.owner().query(AuditQuery.all()).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.act().action()).isEqualTo(Action.ACCOUNT_RECONNECTED));
    }
}
