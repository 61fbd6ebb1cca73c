package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulla.ApiResponse;
import dev.bulla.Audit;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.IssuedGrant;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.Tenant;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.Grant;
import dev.bulla.key.GrantSecret;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Explanation;
import dev.bulla.model.Granted;
import dev.bulla.model.Origin;
import dev.bulla.policy.Baseline;
import dev.bulla.store.MemberRow;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who bears a key or a grant is known by it; a grant does what it is for, while it lasts, and nothing else. */
class GrantTest {
    private static final Origin ORIGIN = new Origin("192.0.2.7", "run-1");

    private final Ground ground = Ground.h2(setup -> setup);
    private final World world = ground.world;
    private Member alice;
    private MemberKey key;

    @BeforeEach
    void connect() {
        world.connection("notes");
        world.connection("files");
        alice = world.member("alice");
        key = Keys.first(alice);
        world.connect("alice", "notes", "anna");
        world.connect("alice", "files", "anna");
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private static Tenant tenant(Bulla bulla) {
        return bulla.tenant(World.TENANT);
    }

    private Session open(String bearer) {
        return tenant(world.bulla).open(bearer, ORIGIN);
    }

    private Instant now() {
        return Instant.ofEpochMilli(world.store.now());
    }

    private IssuedGrant issue(Grant grant) {
        try (Session session = alice.session(key)) {
            return session.grant(grant);
        }
    }

    private static ErrorCode call(Session session, String connection) {
        return refusal(() -> session.call(connection, Stage.ME));
    }

    private static ErrorCode refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return Stage.failure(() -> {
                    try {
                        call.call();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                })
                .code();
    }

    private static void works(Session session, String connection) {
        ApiResponse answer = session.call(connection, Stage.ME);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aKeySaysWhoseItIs() {
        MemberKey bens = Keys.first(world.member("ben"));
        world.connect("ben", "notes", "ben");

        try (Session session = open(key.revealText());
                Session other = open(bens.revealText())) {
            assertThat(session.call("notes", Stage.ME).text()).contains("Anna");
            assertThat(other.call("notes", Stage.ME).text()).contains("Ben");
        }
    }

    @Test
    void anOfferedKeyCountsOnceItIsBorne() {
        MemberKey next = MemberKey.parse(alice.keys().rotate(key).text());

        try (Session session = open(next.revealText())) {
            works(session, "notes");
        }
        assertThat(refusal(() -> open(key.revealText()))).isEqualTo(ErrorCode.KEY_WRONG);
    }

    @Test
    void aKeyOfAnotherTenantIsNotKnown() {
        Tenant other = world.bulla.tenant("other");
        assertThat(refusal(() -> other.open(key.revealText(), ORIGIN))).isEqualTo(ErrorCode.KEY_WRONG);
        String grant = issue(Grant.everything()).text();
        assertThat(refusal(() -> other.open(grant, ORIGIN))).isEqualTo(ErrorCode.GRANT_UNKNOWN);
    }

    @Test
    void unknownAndMistypedAreToldApartAndFormerKeysAreUnknown() {
        String unknown = MemberKey.generate().revealText();
        Keys.rotated(alice, key);

        BullaException ofUnknown = Stage.failure(() -> open(unknown));
        BullaException ofFormer = Stage.failure(() -> open(key.revealText()));
        BullaException ofMistyped = Stage.failure(() -> open(unknown.substring(0, unknown.length() - 1) + "q"));
        BullaException ofNonsense = Stage.failure(() -> open("hello"));

        assertThat(ofUnknown.code()).isEqualTo(ErrorCode.KEY_WRONG);
        assertThat(ofFormer.code()).isEqualTo(ErrorCode.KEY_WRONG);
        assertThat(ofFormer).hasMessage(ofUnknown.getMessage()).hasMessageContaining("make a new one");
        assertThat(ofMistyped.code()).isEqualTo(ErrorCode.KEY_MALFORMED);
        assertThat(ofNonsense.code()).isEqualTo(ErrorCode.KEY_MALFORMED);
        assertThat(ofNonsense).hasMessageContaining("neither a member's key nor a grant");
    }

    @Test
    void aKeyRowThatSomebodyMovedLetsNobodyIn() {
        MemberKey bens = Keys.first(world.member("ben"));
        ground.write("update bulla_member set member = 'mallory' where member = 'ben'");

        assertThat(refusal(() -> open(bens.revealText()))).isEqualTo(ErrorCode.KEY_ROW_REFUSED);
    }

    @Test
    void aGrantOpensWhatItsMemberOpens() {
        IssuedGrant grant = issue(Grant.everything().lasting(Duration.ofHours(8)));
        String text = grant.text();

        assertThat(text).startsWith("bullagrant1-");
        assertThatIllegalStateException().isThrownBy(grant::text);
        try (Session session = open(text)) {
            works(session, "notes");
            works(session, "files");
            assertThat(session.accounts()).hasSize(2);
        }
        try (Bulla elsewhere = world.start(world.store);
                Session session = tenant(elsewhere).open(text, ORIGIN)) {
            works(session, "notes");
        }
    }

    @Test
    void aGrantForAConnectionCallsNoOther() {
        try (Session session = open(issue(Grant.connections("notes")).text())) {
            works(session, "notes");
            assertThat(call(session, "files")).isEqualTo(ErrorCode.BEYOND_GRANT);
            assertThat(session.accounts())
                    .singleElement()
                    .satisfies(account -> assertThat(account.connection()).isEqualTo("notes"));
        }
    }

    private void withTools() {
        Tool me = Tool.named("me")
                .description("Says who this is")
                .http(HttpTemplate.get("/api/me"))
                .build();
        Tool who = Tool.named("who")
                .description("Says who this is")
                .tier(Tier.READ)
                .handler((arguments, door) -> door.call(new ToolRequest("GET", "/api/me", Map.of(), null, "")))
                .build();
        world.restart(setup -> setup.baseline(Baseline.open()).tools("demo", me, who));
        alice = world.member("alice");
    }

    @Test
    void aGrantForToolsMakesNoOtherCall() {
        withTools();
        try (Session session = open(issue(Grant.tools("notes__me")).text())) {
            assertThat(session.callTool("notes__me", "").text()).contains("Anna");
            assertThat(call(session, "notes")).as("though it comes to the same").isEqualTo(ErrorCode.BEYOND_GRANT);
            assertThat(refusal(() -> session.callTool("notes__who", ""))).isEqualTo(ErrorCode.BEYOND_GRANT);
            assertThat(session.accounts())
                    .extracting(ConnectedAccount::connection)
                    .containsExactly("notes");
        }
    }

    @Test
    void aGrantIsForTheConnectionsThatBoreTheNames() {
        withTools();
        List<IssuedGrant> grants = List.of(issue(Grant.connections("notes")), issue(Grant.tools("notes__me")));
        List<String> texts = grants.stream().map(IssuedGrant::text).toList();
        Connections owner = tenant(world.bulla).connections();
        owner.deleteWithAccounts("notes");
        world.connection("notes");
        world.connect("alice", "notes", "anna");

        for (String text : texts) {
            try (Session session = open(text)) {
                assertThat(refusal(() -> session.callTool("notes__me", ""))).isEqualTo(ErrorCode.BEYOND_GRANT);
                assertThat(call(session, "notes")).isEqualTo(ErrorCode.BEYOND_GRANT);
                assertThat(session.tools()).isEmpty();
                assertThat(session.accounts()).isEmpty();
            }
        }
        assertThat(alice.grants().list())
                .extracting(Granted::connections, Granted::tools)
                .containsExactlyInAnyOrder(tuple(Set.of("notes"), Set.of()), tuple(Set.of(), Set.of("notes__me")));
    }

    @Test
    void aNameThatGoesOverToAnotherConnectionIsNotCovered() {
        withTools();
        for (String name : List.of("No-tes", "no-tes")) {
            world.connection(name);
            world.connect("alice", name, "anna");
        }
        String text = issue(Grant.tools("no-tes__me")).text(); // the older one's
        tenant(world.bulla).connections().deleteWithAccounts("No-tes");

        try (Session session = open(text)) {
            assertThat(refusal(() -> session.callTool("no-tes__me", ""))).isEqualTo(ErrorCode.BEYOND_GRANT);
        }
    }

    @Test
    void aGrantIsForWhatIsThere() {
        withTools();
        assertThat(refusal(() -> issue(Grant.connections("notez")))).isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
        for (String tool : List.of("notez__me", "notes__you", "me")) {
            assertThat(refusal(() -> issue(Grant.tools(tool)))).as(tool).isEqualTo(ErrorCode.TOOL_UNKNOWN);
        }
        assertThat(refusal(() -> issue(Grant.tools("notes__me").onlyConnections("files"))))
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(alice.grants().list()).isEmpty();
    }

    @Test
    void ofWhatAGrantIsNotForNothingIsSaid() {
        withTools();
        tenant(world.bulla).connections().disable("files");
        for (Grant grant : List.of(Grant.connections("notes"), Grant.tools("notes__me"))) {
            try (Session session = open(issue(grant).text())) {
                for (Explanation said : List.of(
                        session.explain("files"),
                        session.explain("nothing"),
                        session.explainTool("files__me"),
                        session.explainTool("nothing__me"))) {
                    assertThat(said.obstacles())
                            .singleElement()
                            .satisfies(one -> assertThat(one.code()).isEqualTo("BEYOND_GRANT"));
                }
                assertThat(session.explain("notes").works()).isTrue();
                assertThat(session.explainTool("notes__me").works()).isTrue();
            }
        }
        try (Session session = open(issue(Grant.everything()).text())) {
            assertThat(session.explain("files").first().orElseThrow().code()).isEqualTo("NOT_ENABLED");
        }
    }

    @Test
    void whatAGrantRefusesIsToldFromWhatPoliciesDo() {
        try (Session session = open(issue(Grant.connections("notes")).text())) {
            BullaException refused = Stage.failure(() -> session.call("files", Stage.ME));
            assertThat(refused.advice().sentence()).contains("grant").doesNotContain("policies");
            assertThat(refused.advice().actor()).isEqualTo(Actor.MEMBER);
        }
        assertThat(tenant(world.bulla)
                        .audit()
                        .query(AuditQuery.all().onlyDenied())
                        .entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.verdict().reason()).isEqualTo("BEYOND_GRANT");
                    assertThat(entry.verdict().policies()).isEmpty();
                });
    }

    @Test
    void aGrantForAToolCoversWhatItsCodeSends() {
        withTools();

        try (Session session = open(issue(Grant.tools("notes__who")).text())) {
            assertThat(session.tools()).extracting(ToolEntry::name).containsExactly("notes__who");
            assertThat(session.callTool("notes__who", "").text()).contains("Anna");
            assertThat(refusal(() -> session.callTool("files__who", ""))).isEqualTo(ErrorCode.BEYOND_GRANT);
            assertThat(call(session, "notes")).isEqualTo(ErrorCode.BEYOND_GRANT);
        }
    }

    @Test
    void aGrantDoesNothingElse() {
        try (Session session = open(issue(Grant.everything()).text())) {
            assertThat(List.of(
                            refusal(() -> session.grant(Grant.everything())),
                            refusal(() -> session.tokenForSdk("notes")),
                            refusal(() -> session.refresh("notes")),
                            refusal(() -> session.disconnect("notes")),
                            refusal(() -> session.selection("notes")),
                            refusal(() -> session.forms().view("notes"))))
                    .containsOnly(ErrorCode.BEYOND_GRANT);
        }
        assertThat(alice.grants().list()).hasSize(1);
    }

    @Test
    void aGrantIsMadeWithTheKeyAlone() {
        try (Session session = alice.session()) {
            assertThat(refusal(() -> session.grant(Grant.everything()))).isEqualTo(ErrorCode.KEY_REQUIRED);
        }
    }

    @Test
    void aGrantEndsWithItsTime() {
        Instant end = now().plus(Duration.ofMinutes(10));
        String text = issue(Grant.everything().until(end)).text();
        try (Session session = open(text)) {
            ground.advance(Duration.ofMinutes(9));
            works(session, "notes");
            ground.advance(Duration.ofMinutes(1));
            assertThat(call(session, "notes")).isEqualTo(ErrorCode.GRANT_UNKNOWN);
            assertThat(call(session, "notes")).isEqualTo(ErrorCode.SESSION_CLOSED);
        }
        assertThat(refusal(() -> open(text))).isEqualTo(ErrorCode.GRANT_UNKNOWN);
        assertThat(alice.grants().list()).isEmpty();
    }

    @Test
    void anEndThatSomebodyWroteInDoesNotCount() {
        String text = issue(Grant.connections("notes").lasting(Duration.ofMinutes(10)))
                .text();
        try (Session session = open(text)) {
            ground.write("update bulla_grant set expires_at = expires_at + 86400000, connections = ''");
            assertThat(call(session, "files")).isEqualTo(ErrorCode.BEYOND_GRANT);
            ground.advance(Duration.ofMinutes(10));
            assertThat(call(session, "notes")).isEqualTo(ErrorCode.GRANT_UNKNOWN);
        }
        assertThat(refusal(() -> open(text))).isEqualTo(ErrorCode.RECORD_REFUSED);
    }

    @Test
    void toolsThatSomebodyWroteInDoNotCount() {
        withTools();
        String text = issue(Grant.tools("notes__me")).text();
        ground.write("update bulla_grant set tools = replace(tools, 'notes__me', 'notes__who')");
        assertThat(refusal(() -> open(text))).isEqualTo(ErrorCode.RECORD_REFUSED);
        ground.write("update bulla_grant set tools = 'nonsense', connections = 'more'");
        assertThat(refusal(() -> open(text))).isEqualTo(ErrorCode.RECORD_REFUSED);
        assertThat(alice.grants().list()).hasSize(1);
    }

    @Test
    void revocationCutsAccessAtTheNextCallOnEveryNode() {
        IssuedGrant grant = issue(Grant.everything());
        String text = grant.text();
        try (Bulla elsewhere = world.start(world.store);
                Session session = open(text);
                Session other = tenant(elsewhere).open(text, ORIGIN)) {
            works(session, "notes");
            works(other, "notes");
            assertThat(world.member("ben").grants().revoke(grant.granted().id()))
                    .isFalse();
            works(other, "notes");

            assertThat(alice.grants().revoke(grant.granted().id())).isTrue();

            assertThat(call(session, "notes")).isEqualTo(ErrorCode.GRANT_UNKNOWN);
            assertThat(call(other, "notes")).isEqualTo(ErrorCode.GRANT_UNKNOWN);
        }
        assertThat(refusal(() -> open(text))).isEqualTo(ErrorCode.GRANT_UNKNOWN);
        assertThat(alice.grants().revoke(grant.granted().id())).isFalse();
    }

    @Test
    void aGrantEndsWithTheKeyThatMadeIt() {
        String text = issue(Grant.everything()).text();
        try (Bulla elsewhere = world.start(world.store);
                Session other = tenant(elsewhere).open(text, ORIGIN)) {
            MemberKey next = MemberKey.parse(alice.keys().rotate(key).text());
            works(other, "notes");
            alice.keys().confirm(next);
            assertThat(call(other, "notes")).isEqualTo(ErrorCode.GRANT_UNKNOWN);
            assertThat(refusal(() -> open(text))).isEqualTo(ErrorCode.GRANT_UNKNOWN);
            key = next;
        }
        String second = issue(Grant.everything()).text();
        alice.keys().reset();
        assertThat(refusal(() -> open(second))).isEqualTo(ErrorCode.GRANT_UNKNOWN);
        assertThat(alice.grants().list()).isEmpty();
    }

    @Test
    void aGrantEndsWithARevokedKey() {
        String text = issue(Grant.everything()).text();
        alice.keys().revoke(key);
        assertThat(refusal(() -> open(text))).isEqualTo(ErrorCode.GRANT_UNKNOWN);
    }

    @Test
    void grantsAreListedWithWhatTheyAreForAndWhenTheyWereUsed() {
        withTools();
        Instant made = now();
        IssuedGrant grant = issue(Grant.tools("notes__who", "notes__me").lasting(Duration.ofHours(2)));
        Granted before = alice.grants().list().get(0);
        assertThat(before.id()).isEqualTo(grant.granted().id());
        assertThat(before.tools()).isEqualTo(Set.of("notes__me", "notes__who"));
        assertThat(before.connections()).isEmpty();
        assertThat(before.lastUsedAt()).isEmpty();
        assertThat(Duration.between(made, before.expiresAt())).isBetween(Duration.ofHours(2), Duration.ofHours(3));

        open(grant.text()).close();

        assertThat(alice.grants().list().get(0).lastUsedAt()).isPresent();
        assertThat(grant.toString() + before + alice.grants().list()).doesNotContain("bullagrant1");
    }

    @Test
    void theAuditTellsGrantsAndWhatWasDoneWithThem() {
        IssuedGrant grant = issue(Grant.everything());
        String text = grant.text();
        try (Session session = open(text)) {
            works(session, "notes");
        }
        alice.grants().revoke(grant.granted().id());

        Audit audit = tenant(world.bulla).audit();
        List<AuditEntry> entries = audit.query(AuditQuery.all()).entries().stream()
                .filter(entry -> entry.caller().grant().equals(grant.granted().id()))
                .toList();
        assertThat(entries)
                .extracting(entry -> entry.act().action())
                .containsExactlyInAnyOrder(Action.GRANT_ISSUED, Action.CALL, Action.GRANT_REVOKED);
        assertThat(entries).allSatisfy(entry -> assertThat(entry.member()).isEqualTo("alice"));
        assertThat(entries.toString()).doesNotContain(text);
    }

    @Test
    void endsBeyondMeasureAreRefused() {
        try (Session session = alice.session(key)) {
            Instant past = now().minusSeconds(1);
            Instant far = now().plus(Grant.LONGEST).plus(Duration.ofDays(1));
            assertThat(refusal(() -> session.grant(Grant.everything().until(past))))
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(refusal(() -> session.grant(Grant.everything().until(far))))
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Grant.everything().lasting(Duration.ofDays(91)));
        assertThatIllegalArgumentException().isThrownBy(() -> Grant.tools(""));
    }

    @Test
    void grantsThatAreOverArePurged() {
        issue(Grant.everything().lasting(Duration.ofMinutes(5)));
        ground.advance(Duration.ofDays(1).plus(Duration.ofMinutes(6)));
        world.bulla.maintenance().purge();
        assertThat(ground.read("select id from bulla_grant")).isEmpty();
    }

    @Test
    void theDatabaseWithTheHostsKeysOpensNothingOfAGrant() {
        String text = issue(Grant.everything()).text();
        Keys.awaitSealed(alice);

        Thief thief = new Thief(ground.dump(), world.ring);
        List<Thief.Booty> booty = thief.rob();

        assertThat(booty).anySatisfy(record -> {
            assertThat(record.context.purpose()).isEqualTo("grant");
            assertThat(record.outerOpened()).isTrue();
        });
        assertThat(booty)
                .filteredOn(record -> Set.of("grant", "account").contains(record.context.purpose()))
                .allSatisfy(record -> assertThat(record.plain()).isEmpty());
        assertThatCode(() -> open(text).close()).doesNotThrowAnyException();
    }

    @Test
    void aGrantWithoutTheHostsKeysOpensNothing() {
        String text = issue(Grant.everything()).text();
        world.bulla.close();
        Map<String, Object> row = ground.dump().stream()
                .filter(named -> named.get("table").equals("grant"))
                .findFirst()
                .orElseThrow();
        assertThat(new String((byte[]) row.get("sealed"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("notes");
        assertThat(new Thief(ground.dump(), null).rob())
                .allSatisfy(record -> assertThat(record.outerOpened()).isFalse());
        assertThat(row.values().toString())
                .doesNotContain(text)
                .doesNotContain(text.replace("-", ""))
                .doesNotContain(java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(GrantSecret.parse(text).revealBytes()));
    }

    @Test
    void theHostTermOfAGrantIsInUse() {
        issue(Grant.everything());
        MemberRow row = world.store.members().find(World.TENANT, "alice").orElseThrow();
        assertThat(row.key()).isNotNull();
        ground.write("update bulla_grant set host_term = 77");
        assertThat(world.store.upkeep().hostTermsInUse()).contains(77);
    }
}
