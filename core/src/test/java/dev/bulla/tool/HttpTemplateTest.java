package dev.bulla.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTemplateTest {
    private static Tool tool(HttpTemplate http, String schema) {
        return Tool.named("tool").description("A tool").input(schema).http(http).build();
    }

    private static final Tool FILE = tool(HttpTemplate.get("/repos/{owner}/contents/{path*}"), """
            {"properties": {"owner": {"type": "string"}, "path": {"type": "string"}}, "required": ["owner", "path"]}""");

    private static String body(ToolRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Test
    void valuesStandInTheirSegments() {
        assertThat(FILE.request("{\"owner\": \"octo cat?x#y&z=ü\", \"path\": \"src/a b/ü.md\"}")
                        .target())
                .isEqualTo("/repos/octo%20cat%3Fx%23y%26z%3D%C3%BC/contents/src/a%20b/%C3%BC.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a/b",
                "/",
                "a\\\\b",
                "..%2fb",
                "%2e%2e",
                "%2E",
                "a%2Fb",
                "a\\r\\nHost: x",
                "\\u0000",
                "a\\tb",
                "\\u0085"
            })
    void valuesThatLeaveTheirSegmentAreRefused(String value) {
        assertThatThrownBy(() -> FILE.request("{\"owner\": \"" + value + "\", \"path\": \"x\"}"))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("owner")
                .extracting(e -> ((BullaException) e).code())
                .isEqualTo(ErrorCode.TOOL_ARGUMENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "a/../b", "./a", "a/%2e%2e/b", "a/\\n"})
    void severalSegmentsAreEachOne(String value) {
        assertThatThrownBy(() -> FILE.request("{\"owner\": \"o\", \"path\": \"" + value + "\"}"))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("path");
    }

    @Test
    void hugeValueIsRefused() {
        assertThatThrownBy(() -> FILE.request("{\"owner\": \"" + "x".repeat(3_000) + "\", \"path\": \"x\"}"))
                .isInstanceOf(BullaException.class)
                .hasMessageNotContaining("xxx");
    }

    @Test
    void queryHasWhatIsGiven() {
        Tool tool = tool(
                HttpTemplate.get("/issues")
                        .fixed("sort", "new est")
                        .query("state", "labels")
                        .parameter("per_page", "limit")
                        .joined("ids", "ids", ","),
                """
                {"properties": {"state": {"type": "string"}, "labels": {"type": "array"}, "limit": {"type": "integer"},
                 "ids": {"type": "array"}}}""");

        assertThat(tool.request("{}").target()).isEqualTo("/issues?sort=new%20est");
        assertThat(tool.request(
                                "{\"state\": \"a&b=c\\r\\n\", \"labels\": [\"x\", \"y z\"], \"limit\": 12345678901234567890, \"ids\": [1, \"b\"]}")
                        .target())
                .isEqualTo(
                        "/issues?sort=new%20est&state=a%26b%3Dc%0D%0A&labels=x&labels=y%20z&per_page=12345678901234567890&ids=1%2Cb");
    }

    @Test
    void remainingArgumentsAreTheBodyWithTheirDigits() {
        Tool tool = tool(HttpTemplate.post("/things/{id}").query("dry"), """
                {"properties": {"id": {"type": "integer"}, "dry": {"type": "boolean"}, "amount": {"type": "number"},
                 "deep": {"type": "object"}, "none": {"type": ["string", "null"]}}, "required": ["id"]}""");

        ToolRequest request = tool.request(
                "{\"amount\": 1.10, \"id\": 7, \"dry\": true, \"deep\": {\"a\": [1, {\"b\": null}]}, \"none\": null}");

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/things/7?dry=true");
        assertThat(request.headers()).containsEntry("Content-Type", "application/json");
        assertThat(body(request)).isEqualTo("{\"amount\":1.10,\"deep\":{\"a\":[1,{\"b\":null}]},\"none\":null}");
    }

    @Test
    void templateTakesValuesAsTheyAre() {
        Tool tool = tool(HttpTemplate.post("/graphql").json("""
                        {"query": "query($team: ID) { team(id: {$team}) }",
                         "variables": {"team": "{team}", "first": "{first}", "list": ["{team}", "{after}"], "text": "a {team}"}}"""), """
                {"properties": {"team": {"type": "string"}, "first": {"type": "integer", "default": 50},
                 "after": {"type": "string"}}}""");

        assertThat(body(tool.request("{\"team\": \"x\\\"} {first}\"}")))
                .isEqualTo(
                        "{\"query\":\"query($team: ID) { team(id: {$team}) }\",\"variables\":"
                                + "{\"team\":\"x\\\"} {first}\",\"first\":50,\"list\":[\"x\\\"} {first}\"],\"text\":\"a {team}\"}}");
        assertThat(body(tool.request("{\"first\": 2, \"after\": \"c\"}")))
                .contains("\"variables\":{\"first\":2,\"list\":[\"c\"],\"text\":\"a {team}\"}");
    }

    @Test
    void formRepeatsLists() {
        Tool tool = tool(
                HttpTemplate.of("POST", "/form").form().header("X-Api", "2"),
                "{\"properties\": {\"a\": {\"type\": \"array\"}, \"b\": {\"type\": \"string\"}}}");

        ToolRequest request = tool.request("{\"a\": [1, 2], \"b\": \"x&a=3\"}");

        assertThat(body(request)).isEqualTo("a=1&a=2&b=x%26a%3D3");
        assertThat(request.headers())
                .containsEntry("X-Api", "2")
                .containsEntry("Content-Type", "application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repos",
                "//x",
                "/a//b",
                "/a/../b",
                "/a/{x*}/b",
                "/a/{x}{y}",
                "/a?b=c",
                "/a#b",
                "/a%2fb",
                "/a b",
                "/{x}/{x}",
                "http://example.com/a",
                "https://user@example.com/a",
                "https://EXAMPLE.com/a",
                "/a/**",
                "/{}",
                "/{1}",
                "/a/./b"
            })
    void pathThatIsNoneIsRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpTemplate.get(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization", "cookie", "Host", "X-HTTP-Method-Override", "X Y", "Content-Length", "A\r\nB"})
    void headerThatIsNotTheToolsIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTemplate.get("/").header(name, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpTemplate.get("/").header("X-Y", "a\r\nb"));
    }

    @Test
    void mistakesOfDeclarationAreSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tool(HttpTemplate.get("/{id}"), "{\"properties\": {\"id\": {}}}"))
                .withMessageContaining("'id' stands in its path");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tool(HttpTemplate.get("/").query("q"), "{}"))
                .withMessageContaining("'q' is no argument");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tool(HttpTemplate.get("/"), "{\"properties\": {\"lost\": {}}}"))
                .withMessageContaining("go nowhere: [lost]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tool.named("two").description("x").build())
                .withMessageContaining("one way");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tool.named("x")
                        .description("x")
                        .handler((a, d) -> ToolResult.text(""))
                        .build())
                .withMessageContaining("tier");
        assertThatIllegalArgumentException().isThrownBy(() -> Tool.named("token"));
        assertThatIllegalArgumentException().isThrownBy(() -> Tool.named("Upper"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tool.named("x").http(HttpTemplate.get("/")).build())
                .withMessageContaining("says what it does");
    }
}
