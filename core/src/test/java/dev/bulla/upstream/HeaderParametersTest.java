package dev.bulla.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderParametersTest {
    @Test
    void markedArgumentsAreMirrored() {
        HeaderParameters parameters = HeaderParameters.of("""
                {"properties": {"region": {"type": "string", "x-mcp-header": "Region"},
                 "page": {"properties": {"size": {"type": "integer", "x-mcp-header": "Size"}}},
                 "deep": {"type": "boolean", "x-mcp-header": "Deep"}, "plain": {"type": "string"}}}""");
        assertThat(parameters.values(Map.of(
                        "region",
                        "us-west1",
                        "page",
                        Map.of("size", new BigDecimal("42")),
                        "deep",
                        true,
                        "plain",
                        "x")))
                .isEqualTo(Map.of("Mcp-Param-Region", "us-west1", "Mcp-Param-Size", "42", "Mcp-Param-Deep", "true"));
        assertThat(parameters.values(Map.of("page", "odd"))).isEmpty();
    }

    /** The examples of the specification. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "us-west1|us-west1",
                "Hello, \u4e16\u754c|=?base64?SGVsbG8sIOS4lueVjA==?=",
                "' padded '|=?base64?IHBhZGRlZCA=?=",
                "=?base64?literal?=|=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="
            })
    void valuesAreEncoded(String value, String header) {
        assertThat(HeaderParameters.encoded(value)).isEqualTo(header);
    }

    @Test
    void lineBreaksAreEncoded() {
        assertThat(HeaderParameters.encoded("line1\nline2")).isEqualTo("=?base64?bGluZTEKbGluZTI=?=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"a b\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"a\\r\\nb\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}}",
                "{\"properties\":{\"a\":{\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}",
                "{\"oneOf\":[{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}]}"
            })
    void wrongMarksSpoilTheTool(String schema) throws JsonRefused {
        assertThat(HeaderParameters.areSound(JsonTree.within(16, 1000).object(schema)))
                .isFalse();
    }

    @Test
    void propertyMayBeCalledLikeAMark() throws JsonRefused {
        assertThat(HeaderParameters.areSound(
                        JsonTree.within(16, 1000).object("{\"properties\":{\"x-mcp-header\":{\"type\":\"string\"}}}")))
                .isTrue();
    }
}
