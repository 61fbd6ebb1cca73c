package dev.bulla.journeys;

import static dev.bulla.journeys.Chronicle.call;
import static dev.bulla.journeys.Chronicle.changes;
import static dev.bulla.journeys.Chronicle.uses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.IssuedKey;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.BullaException;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Origin;
import dev.bulla.model.Settings;
import dev.bulla.testkit.TestBulla;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands in the audit after what was done. */
@Timeout(60)
class AuditTest {
    private final Chronicle audit = new Chronicle();
    private final TestBulla world = audit.world;
    private final Member alice = audit.alice;

    @AfterEach
    void close() {
        audit.close();
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

            AuditEntry entry = uses(audit.owner()).get(0);
            assertThat(uses(audit.owner())).hasSize(1);
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
        audit.asked.clear();

        assertThatThrownBy(() -> call(alice, "/issues")).isInstanceOf(BullaException.class);

        assertThat(uses(audit.owner())).singleElement().satisfies(entry -> {
            assertThat(entry.verdict().allowed()).isFalse();
            assertThat(entry.verdict().reason()).isEqualTo("NOT_ENABLED");
            assertThat(entry.service().name()).isEqualTo("github");
            assertThat(entry.result().status()).isZero();
        });
        assertThat(audit.asked).isEmpty();
    }

    @Test
    void callThatFailsBehindTheGateSaysHow() {
        world.connect("acme", "alice", "github");
        Member bob = world.bulla().tenant("acme").member("bob");

        assertThatThrownBy(() -> call(bob, "/issues")).isInstanceOf(BullaException.class);

        assertThat(uses(audit.owner())).singleElement().satisfies(entry -> {
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

        assertThat(changes(audit.owner()))
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
        assertThat(audit.owner().query(AuditQuery.all().onlyChanges()).entries())
                .filteredOn(entry -> entry.act().action().name().startsWith("CONNECTION"))
                .allSatisfy(entry -> assertThat(entry.caller().by()).isEqualTo("olga"));
        assertThat(audit.owner().query(AuditQuery.all().onlyChanges()).entries())
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

        assertThat(audit.owner().query(AuditQuery.all().onlyChanges().limit(1)).entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.act().action()).isEqualTo(Action.RECONNECT_REQUIRED);
                    assertThat(entry.verdict().reason()).isEqualTo("owner_asked");
                    assertThat(entry.member()).isEqualTo("alice");
                });
    }
}
