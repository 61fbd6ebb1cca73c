package dev.bulla.oauth2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.http.RawServer;
import dev.bulla.provider.OAuthFlow.Completion;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token endpoint may answer, and what becomes of it, through the flow and the refresher. */
class BadAnswerTest {
    private static Arguments body(String name, String body) {
        return Arguments.of(name, RawServer.json("200 OK", body));
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                body("empty body", ""),
                Arguments.of(
                        "HTML",
                        RawServer.answer(
                                "200 OK", "Content-Type: text/html\r\n", "<html>canary</html>".getBytes(UTF_8))),
                body("array", "[{\"access_token\":\"canary\"}]"),
                body("byte order mark", "\ufeff{\"access_token\":\"canary\"}"),
                body("duplicate", "{\"access_token\":\"canary\",\"access_token\":\"canary2\"}"),
                body("second object", "{\"access_token\":\"canary\"}{}"),
                body("single quotes", "{'access_token':'canary'}"),
                body("NaN", "{\"access_token\":\"canary\",\"expires_in\":NaN}"),
                body("depth 300", "{\"access_token\":\"canary\",\"x\":" + "[".repeat(300) + "]".repeat(300) + "}"),
                body(
                        "depth 100,000",
                        "{\"access_token\":\"canary\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
                Arguments.of(
                        "invalid UTF-8",
                        RawServer.answer(
                                "200 OK", "", "{\"access_token\":\"canary\",\"x\":\"\u00e9\"}".getBytes(ISO_8859_1))),
                body("lone surrogate", "{\"access_token\":\"canary\",\"x\":\"\\ud800\"}"),
                body("NUL in token", "{\"access_token\":\"canary\\u0000\"}"),
                body("CR in token", "{\"access_token\":\"canary\\r\\nX-Evil: 1\"}"),
                body("raw LF in token", "{\"access_token\":\"canary\n\"}"),
                body("blank in token", "{\"access_token\":\"canary canary\"}"),
                body("letters beyond ASCII in token", "{\"access_token\":\"canary\u00e9\"}"),
                body("token null", "{\"access_token\":null}"),
                body("token number", "{\"access_token\":12345}"),
                body("token object", "{\"access_token\":{\"canary\":1}}"),
                body("token empty", "{\"access_token\":\"\"}"),
                body("token missing", "{\"token_type\":\"Bearer\"}"),
                body("token above 16 KiB", "{\"access_token\":\"" + "c".repeat(16_385) + "\"}"),
                body("refresh token empty", "{\"access_token\":\"canary\",\"refresh_token\":\"\"}"),
                body("refresh token number", "{\"access_token\":\"canary\",\"refresh_token\":1}"),
                body("refresh token with CRLF", "{\"access_token\":\"canary\",\"refresh_token\":\"canary\\r\\n\"}"),
                Arguments.of("204", "HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8)),
                Arguments.of(
                        "longer than Content-Length",
                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"access_token\":\"canary\"}".getBytes(UTF_8)),
                Arguments.of(
                        "encoding br",
                        RawServer.answer(
                                "200 OK", "Content-Encoding: br\r\n", "{\"access_token\":\"canary\"}".getBytes(UTF_8))),
                body("form-encoded", "access_token=canary&token_type=bearer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void anAnswerThatCanNotBeReadLeavesTheOutcomeUnknown(String name, byte[] answer) {
        assertFailure(answer, Kind.OUTCOME_UNKNOWN, "answer_refused");
    }

    static Stream<Arguments> broken() {
        String head = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                Arguments.of(
                        "shorter than Content-Length",
                        head + "Content-Length: 99\r\n\r\n{\"access_token\":\"canary\"}",
                        "no_answer"),
                Arguments.of(
                        "chunked without end",
                        head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
                        "no_answer"),
                Arguments.of("rubbish", "canary\r\n\r\n", "no_answer"),
                Arguments.of(
                        "token of 1 MiB",
                        head + "\r\n{\"access_token\":\"" + "c".repeat(1 << 20) + "\"}",
                        "answer_too_large"),
                Arguments.of(
                        "header of 20 KiB",
                        head + "X-A: " + "c".repeat(20 << 10) + "\r\n\r\n{\"access_token\":\"canary\"}",
                        "answer_too_large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void anAnswerThatDoesNotArriveWholeLeavesTheOutcomeUnknown(String name, String answer, String error) {
        assertFailure(answer.getBytes(UTF_8), Kind.OUTCOME_UNKNOWN, error);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("200 OK", "{\"error\":\"invalid_grant\"}", Kind.TERMINAL, "invalid_grant"),
                refusal(
                        "200 OK",
                        "{\"error\":\"invalid_grant\",\"access_token\":\"canary\"}",
                        Kind.TERMINAL,
                        "invalid_grant"),
                refusal("200 OK", "{\"error\":\"canary_words\"}", Kind.MISCONFIGURED, "unrecognised_error"),
                refusal("200 OK", "{\"error\":{\"message\":\"canary\"}}", Kind.MISCONFIGURED, "unrecognised_error"),
                refusal("200 OK", "{\"error\":\"server_error\"}", Kind.OUTCOME_UNKNOWN, "server_error"),
                refusal("400 Bad Request", "{\"error\":\"invalid_grant\"}", Kind.TERMINAL, "invalid_grant"),
                refusal(
                        "400 Bad Request",
                        "{\"error\":\"invalid_grant\",\"error_description\":\"canary\"}",
                        Kind.TERMINAL,
                        "invalid_grant"),
                refusal("401 Unauthorized", "{\"error\":\"invalid_grant\"}", Kind.TERMINAL, "invalid_grant"),
                refusal("403 Forbidden", "{\"error\":\"access_denied\"}", Kind.TERMINAL, "access_denied"),
                refusal(
                        "400 Bad Request",
                        "{\"error\":\"interaction_required\"}",
                        Kind.TERMINAL,
                        "interaction_required"),
                refusal("401 Unauthorized", "{\"error\":\"invalid_client\"}", Kind.MISCONFIGURED, "invalid_client"),
                refusal(
                        "400 Bad Request",
                        "{\"error\":\"unauthorized_client\"}",
                        Kind.MISCONFIGURED,
                        "unauthorized_client"),
                refusal("400 Bad Request", "{\"error\":\"invalid_request\"}", Kind.MISCONFIGURED, "invalid_request"),
                refusal("400 Bad Request", "{\"error\":\"invalid_scope\"}", Kind.MISCONFIGURED, "invalid_scope"),
                refusal("400 Bad Request", "{\"error\":\"canary_words\"}", Kind.MISCONFIGURED, "unrecognised_error"),
                refusal(
                        "400 Bad Request",
                        "{\"error\":\"temporarily_unavailable\"}",
                        Kind.TRANSIENT,
                        "temporarily_unavailable"),
                refusal("400 Bad Request", "{\"error\":\"slow_down\"}", Kind.TRANSIENT, "slow_down"),
                refusal("400 Bad Request", "canary, no JSON", Kind.MISCONFIGURED, "http_400"),
                refusal("401 Unauthorized\r\nWWW-Authenticate: Basic realm=x", "", Kind.MISCONFIGURED, "http_401"),
                refusal("404 Not Found", "<html>canary</html>", Kind.MISCONFIGURED, "http_404"),
                refusal("302 Found\r\nLocation: https://example.com/canary", "", Kind.MISCONFIGURED, "http_302"),
                refusal(
                        "307 Temporary Redirect\r\nLocation: https://example.com/canary",
                        "",
                        Kind.MISCONFIGURED,
                        "http_307"),
                refusal("408 Request Timeout", "", Kind.OUTCOME_UNKNOWN, "http_408"),
                refusal("421 Misdirected Request", "", Kind.OUTCOME_UNKNOWN, "http_421"),
                refusal("429 Too Many Requests", "canary", Kind.TRANSIENT, "http_429"),
                refusal("429 Too Many Requests", "{\"error\":\"invalid_grant\"}", Kind.TRANSIENT, "invalid_grant"),
                refusal("503 Service Unavailable", "<html>", Kind.TRANSIENT, "http_503"),
                refusal("500 Oops", "{\"error\":\"invalid_grant\"}", Kind.OUTCOME_UNKNOWN, "invalid_grant"),
                refusal("502 Bad Gateway", "<html>canary</html>", Kind.OUTCOME_UNKNOWN, "http_502"),
                refusal("504 Gateway Timeout", "", Kind.OUTCOME_UNKNOWN, "http_504"));
    }

    private static Arguments refusal(String status, String body, Kind kind, String error) {
        return Arguments.of(
                status.lines().findFirst().orElseThrow() + " " + body, RawServer.json(status, body), kind, error);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusalIsClassified(String name, byte[] answer, Kind kind, String error) {
        assertFailure(answer, kind, error);
    }

    private static void assertFailure(byte[] answer, Kind kind, String error) {
        try (Talk talk = Talk.answering(answer)) {
            var refresher = RefreshTokenGrant.of(talk.spec().build());
            var flow = AuthorizationCodeFlow.of(talk.spec().build());
            var completion = new Completion(Secret.of("canary-code"), Secret.of("canary-verifier"), "nonce", List.of());
            for (var failure : List.of(
                    catchThrowableOfType(ProviderException.class, () -> refresher.refresh(Talk.old(), talk.call())),
                    catchThrowableOfType(ProviderException.class, () -> flow.complete(completion, talk.call())))) {
                assertThat(failure.kind()).isEqualTo(kind);
                assertThat(failure.error()).isEqualTo(error);
                assertThat(failure).hasNoCause();
                assertThat(failure.toString()).doesNotContain("canary");
                assertThat(failure.getSuppressed()).isEmpty();
            }
            assertThat(talk.server.requests()).hasSize(2);
        }
    }

    private static TokenSet refreshed(String body) {
        try (Talk talk = Talk.answering("200 OK", body)) {
            return RefreshTokenGrant.of(talk.spec()
                            .lifetimes(Duration.ofMinutes(7), Duration.ofDays(90))
                            .keep("team.id", "instance_url", "admin")
                            .build())
                    .refresh(Talk.old(), talk.call())
                    .main();
        }
    }

    private static Instant expiry(String expiresIn) {
        return refreshed("{\"access_token\":\"a\",\"expires_in\":" + expiresIn + "}")
                .expiresAt();
    }

    @Test
    void aLifetimeIsAWholeNumberOrItsDigitsAndElseUnknown() {
        for (String good : List.of("3600", "\"3600\"", "3600.0")) {
            assertThat(expiry(good)).as(good).isEqualTo(Talk.NOW.plusSeconds(3600));
        }
        for (String odd : List.of(
                "3600.5",
                "-5",
                "0",
                "\"0\"",
                "1e30",
                "9223372036854775808",
                "null",
                "\"soon\"",
                "\"\"",
                "true",
                "[]",
                "\"-1\"",
                "315705600")) {
            assertThat(expiry(odd)).as(odd).isEqualTo(Talk.NOW.plus(Duration.ofMinutes(7)));
        }
        TokenSet silent = refreshed("{\"access_token\":\"a\"}");
        assertThat(silent.expiresAt()).isEqualTo(Talk.NOW.plus(Duration.ofMinutes(7)));
        assertThat(silent.refreshExpiresAt()).isEqualTo(Talk.NOW.plus(Duration.ofDays(90)));
        assertThat(refreshed("{\"access_token\":\"a\",\"refresh_token_expires_in\":60}")
                        .refreshExpiresAt())
                .isEqualTo(Talk.NOW.plusSeconds(60));
    }

    @Test
    void theTypeOfTheTokenIsNotJudged() {
        for (String type : List.of("", ",\"token_type\":\"mac\"", ",\"token_type\":null", ",\"token_type\":7")) {
            assertThat(refreshed("{\"access_token\":\"a\"" + type + "}")
                            .accessToken()
                            .reveal())
                    .isEqualTo("a");
        }
    }

    @Test
    void scopesComeInSeveralWays() {
        assertThat(refreshed("{\"access_token\":\"a\",\"scope\":\"x y\"}").scopes())
                .containsExactly("x", "y");
        assertThat(refreshed("{\"access_token\":\"a\",\"scope\":\"x,y, x\"}").scopes())
                .containsExactly("x", "y");
        assertThat(refreshed("{\"access_token\":\"a\",\"scope\":[\"x\",\"y\"]}").scopes())
                .containsExactly("x", "y");
        assertThat(refreshed("{\"access_token\":\"a\",\"scope\":\"\"}").scopes())
                .isEmpty();
        for (String odd : List.of("", ",\"scope\":null", ",\"scope\":7", ",\"scope\":[7]", ",\"scope\":{}")) {
            assertThat(refreshed("{\"access_token\":\"a\"" + odd + "}").scopes())
                    .as(odd)
                    .isNull();
        }
    }

    @Test
    void aMissingRefreshTokenKeepsTheOldOne() {
        TokenSet fresh = refreshed("{\"access_token\":\"a\"}");
        assertThat(fresh.refreshToken()).isNull();
        assertThat(fresh.orFrom(Talk.old().main()).refreshToken().reveal()).isEqualTo("canary-old-refresh");
    }

    @Test
    void declaredFieldsAreKept() {
        assertThat(refreshed(
                                "{\"access_token\":\"a\",\"team\":{\"id\":42},\"instance_url\":\"https://x\",\"admin\":true,\"o\":1}")
                        .extra())
                .hasSize(3)
                .containsEntry("team.id", "42")
                .containsEntry("instance_url", "https://x")
                .containsEntry("admin", "true");
    }

    @Test
    void twoContentTypesDoNotMatterSinceTheBytesDecide() {
        byte[] answer = RawServer.answer(
                "200 OK",
                "Content-Type: text/html\r\nContent-Type: application/json\r\n",
                "{\"access_token\":\"a\"}".getBytes(UTF_8));
        try (Talk talk = Talk.answering(answer)) {
            assertThat(RefreshTokenGrant.of(talk.spec().build())
                            .refresh(Talk.old(), talk.call())
                            .main()
                            .accessToken()
                            .reveal())
                    .isEqualTo("a");
        }
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                Arguments.of("120", Duration.ofMinutes(2)),
                Arguments.of("0", Duration.ZERO),
                Arguments.of("99999999", Duration.ofHours(1)),
                Arguments.of("Fri, 20 Nov 2026 12:03:00 GMT", Duration.ofMinutes(3)),
                Arguments.of("Fri, 20 Nov 2026 11:00:00 GMT", Duration.ZERO),
                Arguments.of("Fri, 20 Nov 2099 12:00:00 GMT", Duration.ofHours(1)),
                Arguments.of("-5", null),
                Arguments.of("soon", null),
                Arguments.of("9".repeat(40), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waits")
    void theServiceSaysHowLongToWait(String header, Duration expected) {
        for (String status : List.of("429 Too Many Requests", "503 Service Unavailable")) {
            try (Talk talk = Talk.answering(RawServer.answer(status, "Retry-After: " + header + "\r\n", new byte[0]))) {
                var failure = catchThrowableOfType(
                        ProviderException.class,
                        () -> RefreshTokenGrant.of(talk.spec().build()).refresh(Talk.old(), talk.call()));
                assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
                assertThat(failure.retryAfter().orElse(null)).isEqualTo(expected);
            }
        }
    }
}
