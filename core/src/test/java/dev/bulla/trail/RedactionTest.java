package dev.bulla.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.audit.PathShape;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static String kept(String property, Object value) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("x", value);
        return Redaction.of("{\"properties\":{\"x\":" + property + "}}").arguments(values);
    }

    @Test
    void whatTheSchemaLimitsIsKept() {
        assertThat(kept("{\"type\":\"integer\"}", new BigDecimal(42))).isEqualTo("{\"x\":42}");
        assertThat(kept("{\"type\":\"boolean\"}", true)).isEqualTo("{\"x\":true}");
        assertThat(kept("{\"enum\":[\"open\",\"closed\"]}", "open")).isEqualTo("{\"x\":\"open\"}");
        assertThat(kept("{\"pattern\":\"^[a-z-]+$\"}", "octo-cat")).isEqualTo("{\"x\":\"octo-cat\"}");
        assertThat(kept("{\"format\":\"date\"}", "2026-11-20")).isEqualTo("{\"x\":\"2026-11-20\"}");
        assertThat(kept("{\"maxLength\":100}", "short")).isEqualTo("{\"x\":\"short\"}");
        assertThat(kept("{\"x-audit\":\"keep\"}", "short")).isEqualTo("{\"x\":\"short\"}");
    }

    @Test
    void ofOtherTextsOnlyTheLengthIsKept() {
        assertThat(kept("{\"type\":\"string\"}", "dear diary")).isEqualTo("{\"x\":\"<text of 10>\"}");
        assertThat(kept("{\"enum\":[\"open\"]}", "closed")).isEqualTo("{\"x\":\"<text of 6>\"}");
        assertThat(kept("{\"maxLength\":1000}", "dear diary")).isEqualTo("{\"x\":\"<text of 10>\"}");
        assertThat(kept("{\"x-audit\":\"keep\"}", "a".repeat(101))).isEqualTo("{\"x\":\"<text of 101>\"}");
        assertThat(kept("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", List.of("ab", new BigDecimal(1))))
                .isEqualTo("{\"x\":[\"<text of 2>\",1]}");
        assertThat(kept("{\"type\":\"string\"}", Collections.unmodifiableList(Arrays.asList((Object) null))))
                .isEqualTo("{\"x\":[\"<null>\"]}");
    }

    @Test
    @Timeout(5)
    void lengthOfATextCostsNothing() {
        String text = "a".repeat(100_000);
        assertThat(kept("{\"enum\":[\"" + text + "\"]}", text)).isEqualTo("{\"x\":\"<text of 100000>\"}");
    }

    @Test
    void whatTheSchemaDoesNotNameIsCountedOnly() {
        Redaction redaction = Redaction.of(
                "{\"properties\":{\"o\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"number\"}}}}}");
        assertThat(redaction.arguments(Map.of("o", Map.of("n", BigDecimal.ONE, "m", "secret words"))))
                .isEqualTo("{\"o\":{\"n\":1,\"<unknown>\":1}}")
                .doesNotContain("words");
        assertThat(redaction.arguments(Map.of("free", "text"))).isEqualTo("{\"<unknown>\":1}");
        assertThat(Redaction.of("no json").arguments(Map.of("a", 1))).isEqualTo("{\"<unknown>\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "accessToken",
                "client_secret",
                "password",
                "api_key",
                "apiKey",
                "Authorization",
                "private_key",
                "key",
                "cookie",
                "pass",
                "db_pass",
                "pat",
                "jwt",
                "sid",
                "code",
                "card",
                "cvc"
            })
    void nameOfASecretHidesIt(String name) {
        Redaction redaction =
                Redaction.of("{\"properties\":{\"" + name + "\":{\"x-audit\":\"keep\",\"maxLength\":50}}}");
        assertThat(redaction.arguments(Map.of(name, "abc"))).isEqualTo("{\"" + name + "\":\"<hidden>\"}");
        assertThat(redaction.arguments(Map.of(name, 1234))).isEqualTo("{\"" + name + "\":\"<hidden>\"}");
    }

    @Test
    void schemaHidesWhatItSays() {
        assertThat(kept("{\"writeOnly\":true,\"maxLength\":9}", "abc")).isEqualTo("{\"x\":\"<hidden>\"}");
        assertThat(kept("{\"format\":\"password\",\"maxLength\":9}", "abc")).isEqualTo("{\"x\":\"<hidden>\"}");
        assertThat(kept("{\"x-audit\":\"hide\",\"type\":\"integer\"}", 4)).isEqualTo("{\"x\":\"<hidden>\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                "xoxb-123456789012-abcdefABCDEF0123456789",
                "see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x",
                "Bearer abc",
                "-----BEGIN PRIVATE KEY-----",
                "bulla-0123456789abcdefghjkmnpqrstvwxyz",
                "f47ac10b58cc4372a5670e02b2c3d479f47ac10b"
            })
    void whatLooksLikeATokenIsNotKept(String value) {
        assertThat(kept("{\"x-audit\":\"keep\",\"pattern\":\".*\"}", value))
                .isEqualTo("{\"x\":\"<text of " + value.length() + ">\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/repos/octo/hello/issues/12?token=x, /repos/octo/hello/issues/*",
        "/bot123456:AAH-secret/sendMessage, /*/sendMessage",
        "https://hooks.example.com/services/T0/B1/XyZ, /services/*/*/*",
        "https://api.example.com, /",
        "/v2.1/sobjects/Account/001xx, /v2.1/sobjects/Account/*",
        "/api/chat.postMessage#x, /api/chat.postMessage",
        "/a/dGhpc2lzYXNlY3JldA, /a/*",
        "/%74oken/abcdefghijklmnopqrstuvwxyz, /*/*",
        "'', ''"
    })
    void shapeOfAPathHoldsWordsOnly(String path, String shape) {
        assertThat(PathShape.of(path)).isEqualTo(shape);
    }
}
