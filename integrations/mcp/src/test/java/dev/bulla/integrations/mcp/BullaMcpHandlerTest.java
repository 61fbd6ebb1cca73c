package dev.bulla.integrations.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.integrations.mcp.Office.Answer;
import dev.bulla.integrations.mcp.Office.Client;
import dev.bulla.key.Grant;
import dev.bulla.key.GrantSecret;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Admission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent meets, request by request. */
class BullaMcpHandlerTest {
    private static final Path LOG = Path.of("target", "mcp.log");

    private final Office office = new Office();
    private String key;
    private Client alice;

    @BeforeEach
    void connect() {
        key = office.connected("alice");
        alice = office.client(key).begun();
    }

    /** No bearer is met again in what is logged. */
    @AfterEach
    void close() throws IOException {
        office.close();
        String log = Files.readString(LOG);
        assertThat(log).contains(" DEBUG ");
        assertThat(office.bearers).isNotEmpty().noneMatch(log::contains);
    }

    private static void is(Answer answer, int status, int code) {
        assertThat(List.of(answer.status(), answer.code())).isEqualTo(List.of(status, code));
    }

    @Test
    void aBearerIsNeededAndKnown() {
        Answer none = office.client(null).initialize("2025-11-25");
        Answer unknown =
                office.client(office.used(MemberKey.generate().revealText())).initialize("2025-11-25");
        Answer unknownGrant =
                office.client(office.used(GrantSecret.generate().revealText())).initialize("2025-11-25");
        Answer mistyped = office.client(office.used(key.substring(0, key.length() - 1) + "!"))
                .initialize("2025-11-25");

        for (Answer answer : List.of(none, unknown, unknownGrant, mistyped)) {
            is(answer, 401, -32600);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=\"mcp\"");
            assertThat(answer.header("Mcp-Session-Id")).isEmpty();
        }
        assertThat(none.message()).isNotEqualTo(unknown.message());
        assertThat(none.header("WWW-Authenticate")).doesNotContain("invalid_token");
        assertThat(unknown.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(unknown.message()).contains("make a new one");
        assertThat(office.bearers).noneMatch(mistyped.http().body()::contains);
    }

    @Test
    void aReplacedKeyIsUnknownInAnOpenSessionToo() {
        MemberKey next = MemberKey.parse(
                office.member("alice").keys().rotate(MemberKey.parse(key)).text());
        office.used(next.revealText());
        office.member("alice").keys().confirm(next);

        Answer answer = alice.call("notes__list_notes", Map.of());

        is(answer, 401, -32600);
        assertThat(answer.message()).contains("make a new one");
    }

    @Test
    void onlyMessagesAreTaken() {
        Answer get = alice.send("GET", "/mcp/acme", "");
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).isEqualTo("POST, DELETE");
        is(alice.post("{\"jsonrpc\":"), 400, -32700);
        is(alice.post("[]"), 400, -32600);
        is(alice.post("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}"), 400, -32600);
        is(alice.post("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}"), 400, -32600);
        assertThat(alice.send("POST", "/mcp/", "{}").status()).isEqualTo(404);
        assertThat(alice.send("POST", "/mcp/acme/x", "{}").status()).isEqualTo(404);
        assertThat(alice.send("POST", "/mcp/" + "x".repeat(300), "{}").status()).isEqualTo(404);
        alice.headers.put("Content-Type", "text/plain");
        assertThat(alice.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void pagesOfOtherOriginsAreRefused() {
        alice.headers.put("Origin", "https://evil.example.com");
        assertThat(alice.ask("ping", Map.of()).status()).isEqualTo(403);
        alice.headers.put("Origin", "https://app.example.com");
        assertThat(alice.ask("ping", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void versionsAreAgreedOn() {
        for (String version : List.of("2025-03-26", "2025-06-18", "2025-11-25")) {
            assertThat(office.client(key).initialize(version).result()).containsEntry("protocolVersion", version);
        }
        Answer other = office.client(key).initialize("1999-01-01");
        assertThat(other.result()).containsEntry("protocolVersion", "2025-11-25");
        assertThat(other.result().get("serverInfo")).isEqualTo(Map.of("name", "office", "version", "7"));
        alice.headers.put("MCP-Protocol-Version", "1999-01-01");
        is(alice.ask("ping", Map.of()), 400, -32600);
    }

    @Test
    void eachMemberSeesTheToolsOfOwnAccounts() {
        Client bob = office.client(office.keyed("bob")).begun();

        assertThat(alice.tools())
                .extracting(tool -> tool.get("name"))
                .contains("notes__list_notes", "notes__create_note")
                .doesNotContain("notes__delete_notes");
        assertThat(bob.tools()).isEmpty();
        office.bulla.tenant(Office.TENANT).connections().disable("notes");
        assertThat(alice.tools()).isEmpty();
    }

    @Test
    void aToolIsShownWithItsSchemaAndWhatItCanDo() {
        Map<String, Object> create = tool("notes__create_note");
        assertThat(create).containsEntry("description", "Creates a note").containsEntry("title", "Create a note");
        assertThat(create.get("inputSchema").toString()).contains("required=[title]");
        assertThat((Map<?, ?>) create.get("annotations"))
                .isEqualTo(Map.of("readOnlyHint", false, "destructiveHint", false, "openWorldHint", true));
        assertThat(((Map<?, ?>) tool("notes__list_notes").get("annotations")).get("readOnlyHint"))
                .isEqualTo(true);
    }

    private Map<String, Object> tool(String name) {
        return alice.tools().stream()
                .filter(tool -> tool.get("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallIsMadeAsTheMember() {
        Client bob = office.client(office.connected("bob")).begun();

        Answer answer = alice.call("notes__list_notes", Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.result())
                .containsEntry("isError", false)
                .containsEntry("structuredContent", Map.of("of", "alice"));
        assertThat(answer.text()).isEqualTo("{\"of\":\"alice\"}");
        assertThat(bob.call("notes__list_notes", Map.of()).text()).isEqualTo("{\"of\":\"bob\"}");
        assertThat(alice.call("notes__create_note", Map.of("title", "hé")).result())
                .containsEntry("structuredContent", Map.of("made", Map.of("title", "hé")));
        assertThat(alice.call("notes__list_titles", Map.of()).result()).doesNotContainKey("structuredContent");
    }

    @Test
    void aPictureIsAPicture() {
        Map<?, ?> content = (Map<?, ?>)
                ((List<?>) alice.call("notes__picture", Map.of()).result().get("content")).get(0);
        assertThat(content.get("type")).isEqualTo("image");
        assertThat(content.get("mimeType")).isEqualTo("image/png");
        assertThat(Base64.getDecoder().decode(String.valueOf(content.get("data"))))
                .isEqualTo(Notes.PNG);
    }

    @Test
    void whatIsNoTextIsNotShownAsText() {
        Map<?, ?> paper = (Map<?, ?>)
                ((List<?>) alice.call("notes__paper", Map.of()).result().get("content")).get(0);
        assertThat(paper.get("type")).isEqualTo("resource");
        assertThat((Map<?, ?>) paper.get("resource"))
                .isEqualTo(Map.of(
                        "uri",
                        "tool:notes__paper",
                        "mimeType",
                        "application/pdf",
                        "blob",
                        Base64.getEncoder().encodeToString("%PDF-\u00ff".getBytes(StandardCharsets.ISO_8859_1))));
        assertThat(alice.call("notes__export", Map.of()).text()).isEqualTo("one\ntwo");
    }

    @Test
    void namesAreToldApart() {
        is(alice.call("list_notes", Map.of()), 200, -32602);
        is(alice.ask("tools/call", Map.of()), 200, -32602);
        Answer service = alice.call("elsewhere__list_notes", Map.of());
        is(service, 200, -32601);
        assertThat(service.message()).contains("elsewhere__list_notes", "acme");
        is(alice.call("notes__nothing", Map.of()), 200, -32601);
        Answer method = alice.ask("resources/list", Map.of());
        is(method, 200, -32601);
        assertThat(method.message()).contains("acme");
    }

    @Test
    void whomTheHostDoesNotLetInCallsNothing() {
        for (Admission.Word word : List.of(Admission.Word.MEMBER_NOT_APPROVED, Admission.Word.TENANT_DISABLED)) {
            office.word.set(word);
            is(alice.call("notes__list_notes", Map.of()), 403, -32600);
            is(alice.ask("tools/list", Map.of()), 403, -32600);
            is(office.client(key).initialize("2025-11-25"), 403, -32600);
        }
        office.word.set(Admission.Word.ADMITTED);
        assertThat(alice.call("notes__list_notes", Map.of()).status()).isEqualTo(200);
        assertThat(office.notes.asked).containsExactly("GET /notes");
    }

    @Test
    void deniedAndSwitchedOffAreToldApart() {
        Answer denied = alice.call("notes__delete_notes", Map.of());
        is(denied, 200, -32600);
        assertThat(denied.message()).contains("notes__delete_notes", "acme", "denied");

        office.bulla.tenant(Office.TENANT).connections().disable("notes");

        Answer off = alice.call("notes__list_notes", Map.of());
        is(off, 200, -32600);
        assertThat(off.message()).contains("notes__list_notes", "acme", "switched off");
    }

    @Test
    void policyComesBeforeWhatIsNotConnected() {
        Client bob = office.client(office.keyed("bob")).begun();

        Answer absent = bob.call("notes__list_notes", Map.of());
        is(absent, 412, -32603);
        assertThat(absent.message()).startsWith("No notes credentials configured");
        is(bob.call("notes__delete_notes", Map.of()), 200, -32600);
    }

    @Test
    void argumentsThatDoNotFitAreForTheModelToSee() {
        Answer answer = alice.call("notes__create_note", Map.of("titel", "x"));
        assertThat(answer.result()).containsEntry("isError", true);
        assertThat(answer.text()).contains("title");
    }

    @Test
    void whatTheServiceSaysIsAResult() {
        Answer answer = alice.call("notes__missing", Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.result()).containsEntry("isError", true);
        assertThat(answer.text()).contains("404", "no such note");
    }

    @Test
    void aPauseOfTheServiceIsNotOurs() {
        Answer answer = alice.call("notes__busy", Map.of());
        is(answer, 502, -32603);
        assertThat(answer.message()).contains("notes");
    }

    @Test
    void slowAndGoneAreToldApart() {
        Answer slow = alice.call("notes__slow", Map.of());
        is(slow, 504, -32603);
        assertThat(slow.message()).contains("'notes'");

        office.notes.close();

        Answer gone = alice.call("notes__list_notes", Map.of());
        is(gone, 502, -32603);
        assertThat(gone.message()).contains("'notes'");
    }

    @Test
    void tooManyCallsOfOneBearerWait() {
        Answer answer = alice.call("notes__missing", Map.of());
        for (int i = 0; i < 60 && answer.status() == 200; i++) {
            answer = alice.call("notes__missing", Map.of());
        }
        is(answer, 429, -32600);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        office.clock.advance(Duration.ofSeconds(1));
        assertThat(alice.call("notes__missing", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void aSessionIsItsBearersAlone() {
        String grant = office.granted("alice", key, Grant.everything());
        for (String other : List.of(office.connected("bob"), grant)) {
            Client client = office.client(other);
            client.headers.put("Mcp-Session-Id", alice.headers.get("Mcp-Session-Id"));
            is(client.ask("tools/list", Map.of()), 404, -32600);
            assertThat(client.send("DELETE", "/mcp/acme", "").status()).isEqualTo(404);
        }
        Client nobody = office.client(office.used(MemberKey.generate().revealText()));
        nobody.headers.put("Mcp-Session-Id", alice.headers.get("Mcp-Session-Id"));
        is(nobody.ask("tools/list", Map.of()), 401, -32600);
        assertThat(alice.ask("ping", Map.of()).result()).isEmpty();
    }

    @Test
    void aSessionIsOfOneTenant() {
        assertThat(alice.send("POST", "/mcp/other", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSessionIsAskedFor() {
        is(office.client(key).ask("tools/list", Map.of()), 400, -32600);
    }

    @Test
    void aSessionEndsByItselfAndByRequest() {
        office.clock.advance(Duration.ofMinutes(29));
        assertThat(alice.call("notes__list_notes", Map.of()).status()).isEqualTo(200);
        office.clock.advance(Duration.ofMinutes(30));
        is(alice.ask("ping", Map.of()), 404, -32600);

        alice.begun();
        assertThat(alice.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .status())
                .isEqualTo(202);
        assertThat(alice.send("DELETE", "/mcp/acme", "").status()).isEqualTo(204);
        is(alice.ask("ping", Map.of()), 404, -32600);
    }

    @Test
    void aGrantShowsAndCallsWhatItIsFor() {
        Client agent = office.client(office.granted("alice", key, Grant.tools("notes__list_notes")))
                .begun();

        assertThat(agent.tools()).extracting(tool -> tool.get("name")).containsExactly("notes__list_notes");
        assertThat(agent.call("notes__list_notes", Map.of()).text()).isEqualTo("{\"of\":\"alice\"}");
        Answer other = agent.call("notes__create_note", Map.of("title", "x"));
        is(other, 200, -32600);
        assertThat(other.message()).contains("notes__create_note", "grant");
    }

    @Test
    void aGrantThatIsOverIsUnknownAtTheNextCall() {
        Client agent = office.client(
                        office.granted("alice", key, Grant.everything().lasting(Duration.ofMinutes(10))))
                .begun();
        Client other =
                office.client(office.granted("alice", key, Grant.everything())).begun();

        office.clock.advance(Duration.ofMinutes(10));
        is(agent.call("notes__list_notes", Map.of()), 401, -32600);
        assertThat(other.call("notes__list_notes", Map.of()).status()).isEqualTo(200);

        office.member("alice")
                .grants()
                .list()
                .forEach(grant -> office.member("alice").grants().revoke(grant.id()));
        is(other.call("notes__list_notes", Map.of()), 401, -32600);
        is(other.ask("tools/list", Map.of()), 401, -32600);
    }
}
