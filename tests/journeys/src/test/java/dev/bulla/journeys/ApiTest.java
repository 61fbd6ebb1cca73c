package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Settings;
import dev.bulla.web.WebResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What members and owners do by the API. */
class ApiTest {
    private final World world = new World();
    private final Front alice = new Front(world, "alice");
    private final Front owner = new Front(world, "olivia").as("olivia", true);

    @BeforeEach
    void connection() {
        world.connection("notes");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void refused(WebResponse answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.status()).isEqualTo(status);
    }

    private static String key(MemberKey key) {
        return "{\"key\":\"" + key.revealText() + "\"}";
    }

    /** An account that is sealed to the member's key from its first day. */
    private MemberKey sealed() {
        MemberKey key = Keys.first(world.member("alice"));
        alice.connect("notes", "anna");
        return key;
    }

    @Test
    void membersSeeTheirOwnAccounts() {
        assertThat(alice.get("connections").body())
                .isEqualTo(
                        "{\"connections\":[{\"connection\":\"notes\",\"provider\":\"demo\",\"title\":\"Demo\","
                                + "\"mode\":\"OWN_APP\",\"usable\":true,\"keyRequiredFirst\":false,\"choice\":false,\"accounts\":[]}]}");
        alice.connect("notes", "anna");
        assertThat(alice.get("connections/notes").body())
                .contains(
                        "\"status\":\"ACTIVE\"",
                        "\"identity\":\"Anna Example\"",
                        "\"sealedTo\":\"HOST\"",
                        "\"expiresAt\":\"20");
        assertThat(new Front(world, "bob").get("connections").body()).doesNotContain("Anna");
        world.owner().disable("notes");
        assertThat(alice.get("connections").body()).contains("\"usable\":false", "Anna Example");
        assertThat(new Front(world, "bob").get("connections").body()).isEqualTo("{\"connections\":[]}");
        refused(alice.post("connections/notes/connect", ""), 409, "NOT_ENABLED");
    }

    @Test
    void keyOfTheBodyOpensOneRequest() {
        MemberKey key = sealed();
        refused(alice.post("connections/notes/refresh", ""), 409, "KEY_REQUIRED");
        WebResponse refreshed = alice.post("connections/notes/refresh", key(key));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(Front.text(refreshed, "refresh")).isEqualTo("REFRESHED");
        refused(alice.post("connections/notes/refresh", ""), 409, "KEY_REQUIRED");
        refused(alice.post("connections/notes/refresh", key(MemberKey.generate())), 400, "KEY_WRONG");
        refused(alice.post("connections/notes/refresh", "{\"key\":\"bulla1-oops\"}"), 400, "KEY_MALFORMED");
        refused(alice.send("POST", "connections/notes/refresh?key=" + key.revealText(), ""), 409, "KEY_REQUIRED");
    }

    @Test
    void unknownNameIsAnsweredWithThoseThatAreKnown() {
        WebResponse refused = alice.post("key/confirm", "{\"secret-12\":\"oops\"}");
        refused(refused, 400, "INVALID_ARGUMENT");
        assertThat(refused.body()).contains("known are key").doesNotContain("secret-12", "oops");
    }

    @Test
    void openSessionOfTheHostIsUsedAndStaysOpen() {
        MemberKey key = sealed();
        try (Session open = world.member("alice").session(key)) {
            alice.session = open;
            assertThat(alice.post("connections/notes/refresh", "").status()).isEqualTo(200);
            assertThat(open.accounts()).hasSize(1);
            assertThat(alice.post("connections/notes/disconnect", "").body()).contains("\"revocation\":\"REVOKED\"");
        }
    }

    @Test
    void disconnectSaysWhatBecameOfTheGrant() {
        sealed();
        assertThat(alice.post("connections/notes/disconnect", "").body())
                .isEqualTo("{\"connection\":\"notes\",\"revocation\":\"LOCKED\",\"grantsPage\":\""
                        + world.server.at("/grants") + "\"}");
        refused(alice.post("connections/notes/disconnect", ""), 404, "NOT_CONNECTED");
        refused(alice.post("connections/notes/disconnect", "{\"label\":\"second\"}"), 404, "NOT_CONNECTED");
    }

    @Test
    void keyIsToldOnceAndCountsWhenProven() {
        assertThat(alice.get("key").body()).isEqualTo("{\"offered\":false,\"active\":false}");
        WebResponse issued = alice.post("key/issue", "");
        String text = Front.text(issued, "key");
        assertThat(alice.get("key").body()).isEqualTo("{\"offered\":true,\"active\":false}");
        WebResponse confirmed = alice.post("key/confirm", "{\"key\":\"" + text + "\"}");
        assertThat(confirmed.body())
                .contains("\"active\":true", "\"number\":1", "\"fingerprint\"")
                .doesNotContain(text);
        refused(alice.post("key/issue", ""), 409, "KEY_EXISTS");
        refused(alice.post("key/rotate", ""), 409, "KEY_REQUIRED");
        refused(new Front(world, "bob").post("key/revoke", "{\"key\":\"" + text + "\"}"), 400, "KEY_WRONG");
        assertThat(alice.answers())
                .filteredOn(answer -> answer.body().contains(text))
                .hasSize(1);
    }

    @Test
    void grantsAreToldOnceAndAreTheMembersOwn() {
        MemberKey key = sealed();
        String keyed = "{\"key\":\"" + key.revealText() + "\"";
        refused(alice.post("grants", ""), 409, "KEY_REQUIRED");
        refused(new Front(world, "bob").post("grants", keyed + "}"), 400, "KEY_WRONG");
        for (String wrong : List.of(
                "\"tools\":[]", "\"connections\":[\"\"]", "\"seconds\":0", "\"seconds\":7776001", "\"seconds\":-1")) {
            refused(alice.post("grants", keyed + "," + wrong + "}"), 400, "INVALID_ARGUMENT");
        }
        refused(alice.post("grants", keyed + ",\"connections\":[\"none\"]}"), 404, "CONNECTION_UNKNOWN");
        refused(alice.post("grants", keyed + ",\"tools\":[\"notes__none\"]}"), 404, "TOOL_UNKNOWN");
        assertThat(alice.get("grants").body()).isEqualTo("{\"grants\":[]}");

        WebResponse made = alice.post("grants", keyed + ",\"connections\":[\"notes\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers()).containsEntry("Cache-Control", List.of("no-store"));
        String text = Front.text(made, "bearer");
        String id = Front.json(made).object("grant").orElseThrow().text("id").orElseThrow();
        assertThat(alice.get("grants").body()).contains(id, "\"connections\":[\"notes\"]");
        assertThat(new Front(world, "bob").get("grants").body()).isEqualTo("{\"grants\":[]}");

        refused(new Front(world, "bob").send("DELETE", "grants/" + id, ""), 404, "NOT_FOUND");
        refused(alice.send("DELETE", "grants/none", ""), 404, "NOT_FOUND");
        assertThat(alice.send("DELETE", "grants/" + id, "").body()).isEqualTo("{\"grants\":[]}");
        refused(alice.send("DELETE", "grants/" + id, ""), 404, "NOT_FOUND");
        assertThat(alice.answers())
                .filteredOn(answer -> answer.body().contains(text))
                .hasSize(1);
    }

    @Test
    void lostKeyIsResetWhereTheHostIsSureWhoAsks() {
        sealed();
        alice.proven = false;
        refused(alice.post("key/reset", ""), 403, "PROOF_REQUIRED");
        assertThat(world.member("alice").account("notes").ready()).isTrue();
        alice.proven = true;
        assertThat(alice.post("key/reset", "").body()).contains("\"cleared\":[{\"connection\":\"notes\"", "key_reset");
    }

    @Test
    void connectionIsDeletedWithItsAccountsWhereThatIsSaid() {
        alice.connect("notes", "anna");
        refused(owner.send("DELETE", "owner/connections/notes", ""), 409, "CONNECTION_IN_USE");
        refused(owner.send("DELETE", "owner/connections/notes?accounts=yes", ""), 409, "CONNECTION_IN_USE");
        assertThat(owner.send("DELETE", "owner/connections/notes?accounts=end", "")
                        .body())
                .isEqualTo("{\"ended\":[{\"member\":\"alice\",\"connection\":\"notes\",\"revocation\":\"REVOKED\","
                        + "\"grantsPage\":\"" + world.server.at("/grants") + "\"}]}");
        refused(owner.get("owner/connections/notes"), 404, "CONNECTION_UNKNOWN");
    }

    @Test
    void connectionsAreMadeOfWhatThereIs() {
        refused(
                owner.post("owner/connections", "{\"name\":\"notes\",\"provider\":\"demo\"}"),
                409,
                "CONNECTION_NAME_TAKEN");
        refused(owner.post("owner/connections", "{\"name\":\"a/b\",\"provider\":\"demo\"}"), 400, "INVALID_SETTING");
        refused(owner.post("owner/connections", "{\"name\":\"x\",\"provider\":\"none\"}"), 400, "INVALID_ARGUMENT");
        refused(
                owner.post("owner/connections", "{\"name\":\"x\",\"provider\":\"demo\",\"mode\":\"FORM\"}"),
                400,
                "INVALID_SETTING");
        refused(
                owner.post("owner/connections", "{\"name\":\"x\",\"provider\":\"demo\",\"mode\":\"?\"}"),
                400,
                "INVALID_ARGUMENT");
        refused(owner.post("owner/connections", "{\"name\":\"x\"}"), 400, "INVALID_ARGUMENT");
        refused(owner.get("owner/providers/none"), 404, "NOT_FOUND");
        refused(owner.get("owner/providers/demo/walkthrough"), 404, "NOT_FOUND");
    }

    @Test
    void settingsAreSavedByPartsAndSecretsNeverShown() {
        String save =
                "{\"secrets\":{\"clientSecret\":\"new-secret-8f\",\"else\":\"x\"},\"fields\":{\"heard\":\"not\"}}";
        WebResponse saved = owner.send("PATCH", "owner/connections/notes", save);
        assertThat(saved.body())
                .contains("\"ignored\":[\"else\",\"heard\"]", "\"secrets\":[\"clientSecret\"]", "client-notes")
                .doesNotContain("new-secret-8f");
        assertThat(owner.get("owner/connections/notes/form").body())
                .contains("\"by\":\"olivia\"", "\"clientSecret\"")
                .doesNotContain("new-secret-8f", "secret-of-notes");
        refused(owner.send("PATCH", "owner/connections/notes", "{\"scopes\":\"notes.read\"}"), 400, "INVALID_ARGUMENT");
        refused(owner.send("PATCH", "owner/connections/notes", "{\"required\":\"yes\"}"), 400, "INVALID_ARGUMENT");
        world.owner().save("notes", Settings.none().required(true));
        assertThat(owner.get("owner/connections").body()).contains("\"setupRequired\":{}");
    }

    @Test
    void ownersSeeAccountsAndNothingSecret() {
        sealed();
        assertThat(owner.get("owner/connections/notes/accounts").body())
                .contains("\"member\":\"alice\"", "\"identity\":\"Anna Example\"", "\"sealedTo\":\"MEMBER\"");
        assertThat(owner.post("owner/connections/notes/reconnect", "").body()).contains("\"reason\":\"owner_asked\"");
        assertThat(owner.post("owner/members/remove", "{\"member\":\"alice\"}").body())
                .isEqualTo("{\"accounts\":1}");
        assertThat(owner.post("owner/members/remove", "{\"member\":\"nobody\"}").body())
                .isEqualTo("{\"accounts\":0}");
        refused(owner.post("owner/members/remove", "{\"member\":\"\"}"), 400, "INVALID_ARGUMENT");
    }

    @Test
    void namesThatNothingCanHaveNeverReachTheDatabase() {
        refused(alice.post("connections/a\u0000b/disconnect", ""), 404, "CONNECTION_UNKNOWN");
        refused(alice.post("connections/../disconnect", ""), 404, "CONNECTION_UNKNOWN");
        refused(alice.post("connections/notes/disconnect", "{\"label\":\"a\\u0000\"}"), 400, "INVALID_ARGUMENT");
        refused(alice.get("connections/notes/explain?label=%00"), 400, "INVALID_ARGUMENT");
        refused(alice.get("audit?tool=%00"), 400, "INVALID_ARGUMENT");
        refused(owner.get("owner/connections/notes/policies/a\u0000/versions"), 400, "INVALID_ARGUMENT");
        refused(owner.get("owner/connections/notes/policies/nobodys/versions"), 400, "POLICY_REFUSED");
        refused(owner.get("owner/connections/notes/entities/page?search=%00"), 400, "INVALID_ARGUMENT");
        refused(owner.get("owner/connections/notes/entities/page?limit=201"), 400, "INVALID_ARGUMENT");
        assertThat(world.owner()
                        .entities("notes")
                        .list("page", "\u0000", null, 1)
                        .entities())
                .isEmpty();
        assertThat(world.owner().entities("notes").get("page", "\u0000")).isEmpty();
        assertThatThrownBy(() -> AuditQuery.all().member("\u0000"))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void serviceThatIsAwayIsToldAsThat() {
        alice.connect("notes", "anna");
        world.server
                .misfortunes()
                .next(dev.bulla.testkit.service.Misfortune.busy(503, java.time.Duration.ofSeconds(1)));
        refused(alice.post("connections/notes/refresh", ""), 503, "PROVIDER_UNAVAILABLE");
    }
}
