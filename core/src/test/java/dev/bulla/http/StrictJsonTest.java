package dev.bulla.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static Json read(byte[] body) {
        return StrictJson.tokenAnswer(new HttpAnswer(200, Map.of(), body));
    }

    private static Json read(String body) {
        return read(body.getBytes(UTF_8));
    }

    private static void assertRefused(byte[] body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ANSWER_REFUSED))
                .hasNoCause()
                .message()
                .doesNotContain("canary");
    }

    @Test
    void everyKindOfValueIsRead() {
        Json json = read(" {\"a\":\"x\\u00e9\\n\\ud83d\\ude00\",\"n\":12345678901234567890,\"d\":-1.5e3,\"t\":true,"
                + "\"z\":null,\"l\":[1,\"two\",null,{\"k\":[]}],\"o\":{\"p\":{\"q\":\"deep\"}}}\r\n\t ");
        assertThat(json.text("a")).contains("xé\n😀");
        assertThat(json.id("n")).contains("12345678901234567890");
        assertThat(json.number("d"))
                .hasValueSatisfying(number -> assertThat(number).isEqualByComparingTo("-1500"));
        assertThat(json.flag("t")).contains(true);
        assertThat(json.has("z")).isFalse();
        assertThat(json.list("l").orElseThrow()).hasSize(4);
        assertThat(json.text("o", "p", "q")).contains("deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"canary\"",
                "[]",
                "[{}]",
                "{",
                "{}{}",
                "{} x",
                "{},",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':'canary'}",
                "{\"a\":'canary'}",
                "{\"a\":canary}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x1}",
                "{\"a\":1e}",
                "{\"a\":\"canary\",\"a\":\"b\"}",
                "{\"o\":{\"a\":\"canary\",\"\\u0061\":1}}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00x\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"x\ny\"}",
                "{\"a\":\"x\\\ny\"}",
                "{\"a\":\"x\0\"}",
                "{\"a\":\"canary",
                "// c\n{}",
                "/* */{}",
                "# c\n{}",
                "{\"a\"=1}",
                "{\"a\":1;\"b\":2}",
                "{\"a\":True}",
                "{\"a\":TRUE}",
                "{\"a\":NULL}",
                "{\"a\":undefined}",
                "\f{}",
                ")]}'\n{}",
                "{\"a\":1e999999999}",
                "{\"a\":1e-401}",
                "<html>canary</html>",
                "access_token=canary&x=1",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":tru}",
                "{\"a\":}",
                "{\"a\"}",
                "{}\0",
                "\u00a0{}"
            })
    void whatIsNotOneStrictObjectIsRefused(String body) {
        assertRefused(body.getBytes(UTF_8));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertRefused("{\"a\":\"é\"}".getBytes(ISO_8859_1));
        assertRefused("\ufeff{}".getBytes(UTF_8));
        assertRefused(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0x80, '"', '}'});
        assertRefused(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'});
        assertRefused("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
    }

    @Test
    void depthIsBounded() {
        for (int depth : List.of(9, 300, 100_000)) {
            assertRefused(("{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}").getBytes(UTF_8));
            assertRefused("{\"a\":".repeat(depth).getBytes(UTF_8));
        }
        assertThat(read("{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}").has("a"))
                .isTrue();
        byte[] document = ("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").getBytes(UTF_8);
        assertThat(StrictJson.document(document).has("a")).isTrue();
    }

    @Test
    void bracketsInTextsAreNoDepth() {
        assertThat(read("{\"a\":\"" + "[{\\\"".repeat(50) + "\"}").text("a")).isPresent();
    }

    @Test
    void textsAreBounded() {
        assertThat(read("{\"a\":\"" + "x".repeat(16 << 10) + "\"}").text("a")).isPresent();
        assertRefused(("{\"a\":\"" + "x".repeat((16 << 10) + 1) + "\"}").getBytes(UTF_8));
        assertRefused(("{\"" + "x".repeat((16 << 10) + 1) + "\":1}").getBytes(UTF_8));
    }
}
