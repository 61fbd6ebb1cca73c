package dev.bulla.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputSchemaTest {
    private static Arguments read(String schema, String arguments) {
        return InputSchema.of(schema, false).read(arguments);
    }

    private static String property(String schema) {
        return "{\"properties\": {\"a\": " + schema + "}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"string\"}|\"x\"|1",
                "{\"type\": \"integer\"}|1.0|1.5",
                "{\"type\": \"number\"}|1e3|\"1\"",
                "{\"type\": \"boolean\"}|true|\"true\"",
                "{\"type\": [\"string\", \"null\"]}|null|1",
                "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}}|[1, 2]|[1, \"2\"]",
                "{\"enum\": [\"open\", 1]}|1.0|\"Open\"",
                "{\"const\": \"x\"}|\"x\"|\"y\"",
                "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 9}|9|10",
                "{\"type\": \"integer\", \"exclusiveMinimum\": 1}|2|1",
                "{\"type\": \"number\", \"exclusiveMaximum\": 1}|0.99|1.0",
                "{\"type\": \"string\", \"minLength\": 2}|\"üü\"|\"ü\"",
                "{\"type\": \"string\", \"maxLength\": 1}|\"\\ud83d\\ude00\"|\"ab\"",
                "{\"type\": \"array\", \"minItems\": 1}|[null]|[]",
                "{\"type\": \"array\", \"maxItems\": 1}|[1]|[1, 2]",
                "{\"type\": \"string\", \"pattern\": \"^C[A-Z0-9]+$\"}|\"C01\"|\"general\"",
                "{\"type\": \"object\", \"properties\": {\"b\": {\"type\": \"string\"}}, \"required\": [\"b\"]}|{\"b\": \"\"}|{}",
                "{\"type\": \"object\", \"additionalProperties\": false}|{}|{\"b\": 1}",
                "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}|{\"b\": \"1\"}|{\"b\": 1}"
            })
    void keywordHolds(String schema, String fits, String doesNot) {
        assertThat(read(property(schema), "{\"a\": " + fits + "}").values()).containsKey("a");
        assertThatThrownBy(() -> read(property(schema), "{\"a\": " + doesNot + "}"))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("'a");
    }

    @Test
    void whatIsNotDeclaredIsNoArgument() {
        assertThatThrownBy(() -> read("{\"properties\": {}}", "{\"hidden-secret\": 1}"))
                .hasMessageContaining("not declared")
                .hasMessageNotContaining("hidden");
        assertThat(read("{\"additionalProperties\": true}", "{\"more\": 1}").values())
                .containsKey("more");
    }

    @Test
    void messagesNameNoValue() {
        assertThatThrownBy(() -> read(property("{\"type\": \"integer\"}"), "{\"a\": \"my-password\"}"))
                .hasMessageNotContaining("my-password");
        assertThat(read(property("{}"), "{\"a\": \"my-password\"}").toString()).doesNotContain("my-password");
    }

    @Test
    void defaultsAreFilledInAndNullIsLeftOut() {
        assertThat(read(property("{\"type\": \"integer\", \"default\": 30}"), "")
                        .text("a"))
                .contains("30");
        assertThat(read(property("{\"type\": \"integer\", \"default\": 30}"), "{\"a\": null}")
                        .text("a"))
                .contains("30");
        assertThat(read(property("{\"type\": \"string\"}"), "{\"a\": null}").values())
                .isEmpty();
        assertThatThrownBy(() -> read(
                        "{\"properties\": {\"a\": {\"type\": \"string\"}}, \"required\": [\"a\"]}", "{\"a\": null}"))
                .isInstanceOf(BullaException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": \"\\ud800\"}",
                "{\"a\": 1} x",
                "{'a': 1}",
                "{\"a\": 1e999999}"
            })
    void argumentsThatAreNoSoundJsonAreRefused(String json) {
        assertThatThrownBy(() -> read(property("{}"), json)).isInstanceOf(BullaException.class);
    }

    @Test
    void deepArgumentsAreRefused() {
        assertThatThrownBy(() -> read(property("{}"), "{\"a\": " + "[".repeat(100) + "]".repeat(100) + "}"))
                .isInstanceOf(BullaException.class);
    }

    @Test
    void patternThatGoesBackForeverDoesNotFit() {
        String schema = property("{\"type\": \"string\", \"pattern\": \"^(a|aa)+\\\\1x$\"}");

        assertThat(read(schema, "{\"a\": \"aaax\"}").values()).containsKey("a");
        assertThatThrownBy(() -> read(schema, "{\"a\": \"" + "a".repeat(60) + "b\"}"))
                .isInstanceOf(BullaException.class);
        assertThatThrownBy(
                        () -> read(property("{\"pattern\": \"(a|b)*\"}"), "{\"a\": \"" + "ab".repeat(50_000) + "\"}"))
                .isInstanceOf(BullaException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"text\"}",
                "{\"oneOf\": []}",
                "{\"$ref\": \"#\"}",
                "{\"pattern\": \"(\"}",
                "{\"enum\": 1}",
                "{\"minLength\": \"1\"}",
                "{\"properties\": []}",
                "{\"required\": [\"b\"]}",
                "{\"items\": 1}",
                "{\"properties\": {\"b\": {\"unknown\": 1}}}"
            })
    void schemaOfOursThatIsNotUnderstoodIsRefused(String schema) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InputSchema.of(property(schema), false))
                .withMessageContaining("input.properties.a");
    }

    @Test
    void schemaOfOthersIsReadAsFarAsItIsUnderstood() {
        InputSchema schema = InputSchema.of("""
                {"$defs": {}, "oneOf": [1], "properties": {"a": {"type": "integer", "$ref": "#/x", "pattern": "("},
                 "b": true, "c": {"type": "text"}}, "required": ["a", 1]}""", true);

        assertThat(schema.read("{\"a\": 1, \"b\": [], \"c\": 2, \"d\": 3}").values())
                .hasSize(4);
        assertThatThrownBy(() -> schema.read("{\"a\": \"x\"}")).isInstanceOf(BullaException.class);
        assertThatThrownBy(() -> schema.read("{}")).hasMessageContaining("'a' is missing");

        InputSchema upload =
                InputSchema.of(property("{\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9+/]*$\"}"), true);
        assertThat(upload.read("{\"a\": \"" + "QUJD".repeat(10_000) + "\"}").values())
                .containsKey("a");
    }
}
