package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.Settings;
import dev.bulla.provider.HttpCall;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tools as members see and call them. */
class ToolsTest extends ToolStage {
    @Test
    void memberSeesTheToolsOfWhatIsConnectedAndAllowed() {
        world.connect("acme", "alice", "notes");
        try (Session alice = session("alice");
                Session ben = session("ben")) {
            assertThat(names(alice))
                    .containsExactly("notes__list_notes", "notes__write_note", "notes__tidy", "notes__broken");
            assertThat(ben.tools()).isEmpty();
            assertThat(alice.tools().get(0).tool().inputSchema()).contains("\"q\"");

            assertThat(why(alice, "notes__list_notes")).isEmpty();
            assertThat(why(alice, "notes__drop_note")).containsExactly("POLICY_DENIED");
            assertThat(why(alice, "notes__nothing")).containsExactly("TOOL_UNKNOWN");
            assertThat(why(alice, "other__list_notes")).containsExactly("TOOL_UNKNOWN");
            assertThat(why(alice, "list_notes")).containsExactly("TOOL_UNKNOWN");
            assertThat(why(ben, "notes__list_notes")).containsExactly("NOT_CONNECTED");

            owner().disable("notes");
            assertThat(alice.tools()).isEmpty();
            assertThat(why(alice, "notes__list_notes")).containsExactly("NOT_ENABLED");
            owner().enable("notes");
            assertThat(alice.tools()).hasSize(4);
        }
    }

    @Test
    void toolIsCalledWithTheMembersCredential() {
        world.connect("acme", "alice", "notes");
        try (Session alice = session("alice")) {
            ToolResult result = alice.callTool("notes__write_note", "{\"id\": \"a b\", \"text\": \"ü\"}");

            assertThat(result.status()).isEqualTo(200);
            assertThat(result.text()).isEqualTo("{\"said\": \"yes\"}");
            assertThat(result.contentType()).startsWith("application/json");
            assertThat(result.kind()).isEqualTo(AnswerKind.DONE);
            HttpCall call = sent.get(0);
            assertThat(call.method()).isEqualTo("PUT");
            assertThat(call.uri()).hasToString("https://notes.example/v1/notes/a%20b");
            assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo("{\"text\":\"ü\"}");
            assertThat(call.headers().get("Authorization")).startsWith("Bearer ");

            alice.callTool("notes__list_notes", "");
            assertThat(sent.get(1).uri()).hasToString("https://notes.example/v1/notes");
        }
    }

    @Test
    void whatTheServiceSaysIsAnAnswer() {
        world.connect("acme", "alice", "notes");
        try (Session alice = session("alice")) {
            Map<Integer, AnswerKind> said = Map.of(
                    403, AnswerKind.FORBIDDEN,
                    404, AnswerKind.REFUSED,
                    429, AnswerKind.THROTTLED,
                    503, AnswerKind.FAILED);
            said.forEach((code, kind) -> {
                status = code;
                ToolResult result = alice.callTool("notes__list_notes", "{}");
                assertThat(result.status()).isEqualTo(code);
                assertThat(result.kind()).isEqualTo(kind);
            });
        }
    }

    @Test
    void whatIsNoToolHereReachesNobody() {
        world.connect("acme", "alice", "notes");
        try (Session alice = session("alice");
                Session ben = session("ben")) {
            assertThat(failure(alice, "list_notes", "{}").code()).isEqualTo(ErrorCode.TOOL_ARGUMENTS);
            assertThat(failure(alice, "other__list_notes", "{}").code()).isEqualTo(ErrorCode.TOOL_UNKNOWN);
            assertThat(failure(alice, "notes__nothing", "{}").code()).isEqualTo(ErrorCode.TOOL_UNKNOWN);
            assertThat(failure(alice, "notes__list_notes", "{\"p\": 1}").code()).isEqualTo(ErrorCode.TOOL_ARGUMENTS);
            assertThat(failure(alice, "notes__write_note", "{\"id\": \"../x\", \"text\": \"\"}")
                            .code())
                    .isEqualTo(ErrorCode.TOOL_ARGUMENTS);
            assertThat(failure(alice, "notes__drop_note", "{\"id\": \"1\"}").code())
                    .isEqualTo(ErrorCode.POLICY_DENIED);
            assertThat(failure(ben, "notes__drop_note", "{\"id\": \"1\"}").code())
                    .isEqualTo(ErrorCode.POLICY_DENIED);
            assertThat(failure(ben, "notes__list_notes", "{}").code()).isEqualTo(ErrorCode.NOT_CONNECTED);

            owner().disable("notes");
            assertThat(failure(alice, "notes__list_notes", "{}").code()).isEqualTo(ErrorCode.NOT_ENABLED);
            assertThat(failure(alice, "notes__nothing", "{}").code()).isEqualTo(ErrorCode.NOT_ENABLED);
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void sealedAccountHasToolsForTheKeyAlone() {
        Member alice = world.bulla().tenant("acme").member("alice");
        MemberKey key = Keys.first(alice);
        world.connect("acme", "alice", "notes");
        try (Session without = alice.session();
                Session with = alice.session(key)) {
            assertThat(without.tools()).isEmpty();
            assertThat(why(without, "notes__list_notes")).containsExactly("KEY_REQUIRED");
            assertThat(with.tools()).hasSize(4);
        }
    }

    @Test
    void eachCallOfTheHostsCodeIsJudgedByItself() {
        world.connect("acme", "alice", "notes");
        try (Session alice = session("alice")) {
            assertThat(failure(alice, "notes__tidy", "{\"id\": \"7\"}").code()).isEqualTo(ErrorCode.POLICY_DENIED);
            assertThat(sent).extracting(HttpCall::method).containsExactly("GET");

            status = 404;
            assertThat(alice.callTool("notes__tidy", "{\"id\": \"7\"}").status())
                    .isEqualTo(404);

            BullaException broken = failure(alice, "notes__broken", "{}");
            assertThat(broken.code()).isEqualTo(ErrorCode.SETUP);
            assertThat(broken).hasMessageNotContaining("secret");
        }
    }

    @Test
    void connectionsOfOneNameAreToldApart() {
        world.connect("acme", "alice", "notes");
        String second = "No tes";
        world.advance(Duration.ofSeconds(1));
        owner().create(second, "notes");
        world.advance(Duration.ofSeconds(1));
        owner().create("no-tes", "notes");
        for (String name : List.of(second, "no-tes")) {
            owner().save(name, Settings.clientId("client").clientSecret("secret"));
            world.connect("acme", "alice", name);
        }
        try (Session alice = session("alice")) {
            List<String> services = names(alice).stream()
                    .map(name -> name.substring(0, name.indexOf("__")))
                    .distinct()
                    .toList();

            assertThat(services).hasSize(3).startsWith("notes", "no-tes");
            assertThat(services.get(2)).startsWith("no-tes-");
            alice.callTool(services.get(2) + "__list_notes", "{}");

            owner().deleteWithAccounts(second);
            owner().deleteWithAccounts("no-tes");
            assertThat(failure(alice, services.get(2) + "__list_notes", "{}").code())
                    .isEqualTo(ErrorCode.TOOL_UNKNOWN);
        }
    }
}
