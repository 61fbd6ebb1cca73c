package dev.bulla.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolJsonTest {
    private static final String WHOLE = """
            {"name": "list_issues", "title": "List issues", "description": "Issues of a repository.", "tier": "read",
             "input": {"properties": {"owner": {"type": "string"}, "repo": {"type": "string", "x-audit": "keep"},
               "labels": {"type": "array"}}, "required": ["owner", "repo"]},
             "http": {"method": "POST", "path": "/repos/{owner}/{repo}/issues",
               "query": {"per_page": "50", "labels": {"argument": "labels", "join": ","}},
               "headers": {"X-Version": "2"}, "body": {"q": ["{owner}"], "n": 1.0}, "tokens": "bot"},
             "resource": {"kind": "repository", "id": "{owner}/{repo}"}}""";

    @Test
    void whatIsWrittenReadsTheSame() {
        Tool tool = Tool.json(WHOLE);
        Tool again = Tool.json(tool.toJson());

        assertThat(again.toJson()).isEqualTo(tool.toJson());
        assertThat(again.title()).isEqualTo("List issues");
        assertThat(again.tier()).isEqualTo(Tier.READ);
        assertThat(again.inputSchema()).contains("\"x-audit\":\"keep\"").contains("\"additionalProperties\":false");
        ToolRequest request = again.request("{\"owner\": \"a\", \"repo\": \"b\", \"labels\": [\"x\", \"y\"]}");
        assertThat(request.target()).isEqualTo("/repos/a/b/issues?per_page=50&labels=x%2Cy");
        assertThat(new String(request.body())).isEqualTo("{\"q\":[\"a\"],\"n\":1.0}");
        assertThat(request.tokens()).isEqualTo("bot");
        assertThat(request.headers()).containsEntry("X-Version", "2");
    }

    @Test
    void methodSaysTierAndBody() {
        Tool tool = Tool.json("""
                {"name": "drop", "description": "Drops it", "input": {"properties": {"id": {}}, "required": ["id"]},
                 "http": {"method": "DELETE", "path": "/x/{id}"}, "resource": "none"}""");

        assertThat(tool.tier()).isEqualTo(Tier.DESTRUCTIVE);
        assertThat(tool.request("{\"id\": 1}").body()).isNull();
        assertThat(tool.toJson()).contains("\"resource\":\"none\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"x\", \"colour\": 1}|colour is not known",
                "{\"description\": \"x\"}|name is missing",
                "{\"name\": \"x\", \"tier\": \"rw\"}|tier is read, write or destructive",
                "{\"name\": \"x\", \"http\": {\"method\": \"GET\"}}|http.path is missing",
                "{\"name\": \"x\", \"http\": {\"method\": \"GET\", \"path\": \"/\", \"body\": 1}}|http.body is",
                "{\"name\": \"x\", \"http\": {\"method\": \"GET\", \"path\": \"/\", \"query\": {\"a\": 1}}}|http.query.a is",
                "{\"name\": \"x\", \"http\": {\"method\": \"get\", \"path\": \"/\"}}|a method is one of",
                "{\"name\": \"x\", \"input\": {\"properties\": {\"a\": {\"type\": \"no\"}}}}|input.properties.a.type",
                "{\"name\": \"x\", \"mcp\": {\"name\": \"y\"}}|mcp.version is missing",
                "{\"name\": 1}|name is a text",
                "[]|not one JSON object",
                "{\"name\": \"x\", \"name\": \"y\"}|not one JSON object"
            })
    void mistakeIsNamedByItsPlace(String json, String said) {
        assertThatIllegalArgumentException().isThrownBy(() -> Tool.json(json)).withMessageContaining(said);
    }

    @Test
    void toolInJavaHasNoJson() {
        Tool tool = Tool.named("x")
                .description("x")
                .tier(Tier.READ)
                .handler((a, d) -> ToolResult.text(""))
                .build();

        assertThatIllegalStateException().isThrownBy(tool::toJson);
    }

    @Test
    void listOfAnMcpServerIsHearsay() {
        String list = """
                {"tools": [
                  {"name": "getIssue.v2", "description": "Reads", "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}},
                    "required": ["id"], "oneOf": []}, "annotations": {"readOnlyHint": true}},
                  {"name": "put", "annotations": {"destructiveHint": false}, "inputSchema": {"type": "object"}},
                  {"name": "PUT", "inputSchema": {}}, {"name": "日本"}, {"name": "token"}, 7,
                  {"name": "texts", "inputSchema": {"type": "string"}}, {"name": "many", "inputSchema": {"type": ["object", "null"]}},
                  {"name": "long", "inputSchema": {"type": "object", "x-note": "%s"}}, {"title": "no name"}
                ], "nextCursor": "x"}""".formatted("x".repeat(130 << 10));

        ToolSet wary = ToolSet.fromMcp(list, "2026-07-28", false);
        ToolSet trusting = ToolSet.fromMcp(list, "2026-07-28", true);

        assertThat(wary.tools()).extracting(Tool::name).containsExactly("get_issue_v2", "put");
        assertThat(wary.tools()).extracting(Tool::tier).containsOnly(Tier.DESTRUCTIVE);
        assertThat(trusting.tools()).extracting(Tool::tier).containsExactly(Tier.READ, Tier.WRITE);
        Tool tool = wary.tools().get(0);
        assertThat(tool.mcp()).contains(new McpCall("getIssue.v2", "2026-07-28"));
        assertThat(Tool.json(tool.toJson()).toJson()).isEqualTo(tool.toJson());
        assertThat(tool.arguments("{\"id\": \"1\", \"more\": 1}").values()).hasSize(2);
        assertThatIllegalArgumentException().isThrownBy(() -> ToolSet.fromMcp("{}", "x", false));
    }

    @Test
    void namesOfManyServices() {
        assertThat(ToolName.parse("git-hub__create_issue")).contains(new ToolName("git-hub", "create_issue"));
        assertThat(ToolName.parse("a__b__c")).contains(new ToolName("a", "b__c"));
        assertThat(ToolName.parse("create_issue")).isEmpty();
        assertThat(ToolName.parse("__x")).isEmpty();
        assertThat(ToolName.parse("x__")).isEmpty();
        assertThat(ToolName.slug("My  Git:Hub__x")).isEqualTo("my-git-hub_x");
        assertThat(ToolName.slug("_ü_")).isEqualTo("service");
        assertThat(ToolName.slug("a".repeat(39) + "_b")).isEqualTo("a".repeat(39));
    }
}
