package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.policy.Baseline;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools of an MCP server are tools like others, and forwarded as the protocol has it. */
class McpToolsTest {
    private static final String PREFIX = "team-tools__";
    private final McpWorld world = new McpWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Session connected() {
        world.owner().create(McpWorld.NAME, "team");
        world.connect();
        return world.alice().session();
    }

    private List<Tool> imported(Session session) {
        return world.owner().by("olivia").tools(McpWorld.NAME).importFrom(session);
    }

    private static String call(Session session, String tool, String title) {
        return session.callTool(PREFIX + tool, "{\"title\":\"" + title + "\"}").text();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void toolsAreImportedAndCalled(boolean streams) {
        world.site.streams = streams;
        try (Session session = connected()) {
            assertThat(imported(session))
                    .extracting(Tool::name)
                    .containsExactly("read_note", "write_note", "forget_note");
            assertThat(session.tools())
                    .extracting(ToolEntry::name)
                    .containsExactlyInAnyOrder(PREFIX + "read_note", PREFIX + "write_note", PREFIX + "forget_note");
            assertThat(session.tools())
                    .allSatisfy(entry -> assertThat(entry.tool().tier()).isEqualTo(Tier.DESTRUCTIVE));
            assertThat(call(session, "read_note", "plain"))
                    .contains("\"content\"", "read_note of plain for anna by plain")
                    .doesNotContain("jsonrpc");
            assertThat(call(session, "write_note", " gr\u00fc\u00dfe")).contains("by =?base64?IGdyw7zDn2U=?=");
            assertThat(call(session, "forget_note", "=?base64?x?=")).contains("by =?base64?PT9iYXNlNjQ/eD89?=");
        }
    }

    @Test
    void toolWhoseMarksAreWrongIsLeftOut() {
        try (Session session = connected()) {
            imported(session);
            assertThatThrownBy(() -> call(session, "odd", "x"))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNKNOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18"})
    void olderServerIsCalledInItsRevision(String revision) {
        world.site.version = revision;
        try (Session session = connected()) {
            imported(session);
            assertThat(call(session, "read_note", "t")).contains("read_note of t for anna by null");
        }
        assertThat(world.site.calls.get(world.site.calls.size() - 1).headers())
                .containsEntry("MCP-Protocol-Version", revision)
                .doesNotContainKeys("Mcp-Method", "Mcp-Name");
    }

    @Test
    void serverThatWantsASessionIsRefused() {
        try (Session session = connected()) {
            world.site.on(
                    call -> call.uri().toString().equals(McpSite.SERVER)
                            && call.headers().containsKey("Authorization"),
                    call -> McpSite.answer(
                            400,
                            "application/json",
                            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"Bad Request: Server not initialized\"},\"id\":null}"));
            assertThatThrownBy(() -> imported(session))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED))
                    .hasMessageContaining("session");
        }
    }

    @Test
    void importReplacesAndTellsEverybody() {
        try (Session session = connected()) {
            imported(session);
            world.site.tools = List.of("other");
            imported(session);
            assertThat(session.tools()).extracting(ToolEntry::name).containsExactly(PREFIX + "other");
            assertThatThrownBy(() -> call(session, "read_note", "x"))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_UNKNOWN));
        }
    }

    @Test
    void ownerTakesTheListOverAndNobodyElse() {
        try (Session session = connected();
                Session elsewhere = world.bulla.tenant("other").member("alice").session()) {
            BullaException foreign = Stage.failure(() -> imported(elsewhere));
            assertThat(foreign.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(world.owner().tools(McpWorld.NAME).list()).isEmpty();

            imported(session);
            assertThat(world.bulla
                            .tenant("acme")
                            .audit()
                            .query(AuditQuery.all())
                            .entries())
                    .anySatisfy(entry -> {
                        assertThat(entry.act().action()).isEqualTo(Action.TOOLS_CHANGED);
                        assertThat(entry.caller().by()).isEqualTo("olivia");
                        assertThat(entry.act().arguments()).contains("imported");
                    });
        }
    }

    @Test
    void listOfMoreThanAMebibyteIsRefused() {
        try (Session session = connected()) {
            imported(session);
            world.site.tools = IntStream.range(0, 10).mapToObj(i -> "t" + i).toList();
            world.site.description = "x".repeat(110_000);
            BullaException big = Stage.failure(() -> imported(session));
            assertThat(big.code()).isEqualTo(ErrorCode.ANSWER_REFUSED);
            assertThat(big).hasMessageContaining("1 MiB");
            assertThat(session.tools()).hasSize(3);
        }
    }

    @Test
    void errorsOfToolAndProtocolAreToldApartFromOurs() {
        try (Session session = connected()) {
            imported(session);
            world.site.on(
                    call -> new String(call.body(), java.nio.charset.StandardCharsets.UTF_8).contains("\"failing\""),
                    call -> McpSite.json(
                            200,
                            Map.of(
                                    "jsonrpc",
                                    "2.0",
                                    "id",
                                    1,
                                    "result",
                                    Map.of(
                                            "isError",
                                            true,
                                            "content",
                                            List.of(Map.of("type", "text", "text", "no such note"))))));
            ToolResult failed = session.callTool(PREFIX + "read_note", "{\"title\":\"failing\"}");
            assertThat(failed.kind()).isEqualTo(AnswerKind.REFUSED);
            assertThat(failed.text()).contains("no such note");
            world.site.on(
                    call -> new String(call.body(), java.nio.charset.StandardCharsets.UTF_8).contains("\"odd\""),
                    call -> McpSite.json(
                            400, Map.of("jsonrpc", "2.0", "id", 1, "error", Map.of("code", -32602, "message", "no"))));
            ToolResult odd = session.callTool(PREFIX + "read_note", "{\"title\":\"odd\"}");
            assertThat(odd.kind()).isEqualTo(AnswerKind.REFUSED);
            assertThat(odd.text()).contains("-32602");
            world.site.on(
                    call -> new String(call.body(), java.nio.charset.StandardCharsets.UTF_8).contains("\"page\""),
                    call -> McpSite.answer(200, "text/html", "<html>"));
            assertThatThrownBy(() -> call(session, "read_note", "page"))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED));
        }
    }

    @Test
    void toolThatNeedsMoreSaysWhichScopes() {
        try (Session session = connected()) {
            imported(session);
            world.site.needs.put("write_note", "notes.write");
            assertThat(session.callTool(PREFIX + "write_note", "{\"title\":\"t\"}")
                            .kind())
                    .isEqualTo(AnswerKind.FORBIDDEN);
        }
        assertThat(world.alice().account(McpWorld.NAME))
                .returns(List.of("notes.write"), ConnectedAccount::missingScopes);
    }

    /** The baseline lets members read and change, not destroy: what is hearsay counts as destructive, and so does a call by hand. */
    @Test
    void importedToolsAndCallsByHandAreDeniedUntilAnOwnerPermitsThem() {
        try (Bulla strict = world.node(McpWorld.BASE, Baseline.standard(), McpWorld.provider())) {
            strict.tenant("strict").connections().create(McpWorld.NAME, "team");
            world.connect(strict, "strict");
            try (Session session = strict.tenant("strict").member("alice").session()) {
                strict.tenant("strict").connections().tools(McpWorld.NAME).importFrom(session);
                assertThat(session.tools()).isEmpty();
                assertThatThrownBy(() -> call(session, "read_note", "x"))
                        .isInstanceOfSatisfying(
                                BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_DENIED));
                assertThatThrownBy(() -> session.call(McpWorld.NAME, ApiRequest.post("", "{}")))
                        .isInstanceOfSatisfying(
                                BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_DENIED));
            }
        }
        assertThat(world.site.calls)
                .noneMatch(call -> call.body() != null
                        && new String(call.body(), java.nio.charset.StandardCharsets.UTF_8).contains("tools/call"));
    }
}
