package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.ErrorCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the target of a call may be, and that it is sent in the one form in which it is looked at. */
class TargetTest {
    private static Booth booth;
    private static Session alice;

    @BeforeAll
    static void start() {
        booth = new Booth();
        Bulla node = booth.node();
        Booth.connection(node, "notes");
        Booth.connect(node, "notes", "alice");
        alice = Booth.member(node, "alice").session();
    }

    @AfterAll
    static void stop() {
        alice.close();
        booth.close();
    }

    @BeforeEach
    void forget() {
        booth.sent.clear();
    }

    private static ErrorCode refusal(ApiRequest request) {
        return Stage.failure(() -> alice.call("notes", request)).code();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/repos/../admin",
                "/repos/..",
                "/./repos",
                "/repos/%2e%2e/admin",
                "/repos/.%2E/admin",
                "/repos/%2E./admin",
                "/repos/..%2fadmin",
                "/repos/..%2Fadmin",
                "/repos/..%5cadmin",
                "/repos/%252e%252e/admin",
                "/repos/%25252e%25252e/admin",
                "/repos/..%252fadmin",
                "/repos/..;/admin",
                "/repos/..;x=y/admin",
                "/repos/.;/admin",
                "/repos/%2e%2e;/admin",
                "/repos/..%3b/admin",
                "/repos//admin",
                "//example.com/repos",
                "/repos\\..\\admin",
                "/repos/\\admin",
                "/repos/a%00b",
                "/repos/a%0d%0ab",
                "/repos/a%0Ab",
                "/repos/a%7fb",
                "/repos/%c2%85",
                "/repos/%c0%ae%c0%ae/admin",
                "/repos/%e0%80%ae/admin",
                "/repos/%ff",
                "/repos/%",
                "/repos/%4",
                "/repos/%zz",
                "/repos/a b",
                "/repos/a\r\nX-Evil: 1",
                "/repos/a\tb",
                "/repos#fragment",
                "/repos?a=b#fragment",
                "/repos/<x>",
                "/repos/{x}",
                "/repos/a|b",
                "/repos?_method=DELETE",
                "/repos?a=b&_METHOD=DELETE",
                "/repos?%5Fmethod=DELETE",
                "/repos?_HttpMethod=PATCH",
                "/repos?.method=DELETE",
                "/repos?%20_method=DELETE",
                "/repos?+_method=DELETE",
                "/repos?_method%00x=DELETE",
                "/repos?_method[]=DELETE",
                "/repos?_method%5B0%5D=DELETE",
                "/repos?a=b;_method=DELETE",
                "/repos?%24httpMethod=DELETE",
                "/repos?$httpHeaders=X-HTTP-Method-Override:DELETE",
                "/repos?X-HTTP-Method-Override=DELETE",
                "https://api.example.com/v1/../admin",
                "https://api.example.com/v1//admin",
                "https://api.example.com/v1/%2e%2e/admin",
                "https://api.example.com/v1/repos#x"
            })
    void whatCouldBeReadInAnotherWayIsNotSent(String target) {
        assertThat(refusal(ApiRequest.get(target))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(booth.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com/v1/repos",
                "https://api.example.com.evil.com/v1/repos",
                "https://api.example.com@evil.com/v1/repos",
                "https://user:pass@api.example.com/v1/repos",
                "https://api.example.com:8443/v1/repos",
                "http://api.example.com/v1/repos",
                "https://api.example.com./v1/repos",
                "https://api.example.com%2eevil.com/v1",
                "https:///v1/repos",
                "https:/api.example.com/v1",
                "ftp://api.example.com/v1/repos",
                "javascript:alert(1)",
                "api.example.com/v1/repos",
                "repos"
            })
    void credentialGoesToNoOtherHost(String target) {
        assertThat(refusal(ApiRequest.get(target))).isEqualTo(ErrorCode.HOST_NOT_ALLOWED);
        assertThat(booth.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/repos/octo/hello, https://api.example.com/v1/repos/octo/hello",
        "/repos/, https://api.example.com/v1/repos/",
        "/, https://api.example.com/v1/",
        "?a=b, https://api.example.com/v1?a=b",
        "/%72epos/%7Euser/%6f, https://api.example.com/v1/repos/~user/o",
        "/a%2fb/c%3bd, https://api.example.com/v1/a%2Fb/c%3Bd",
        "/a%20b?q=%c3%a9&r=%2e, https://api.example.com/v1/a%20b?q=%C3%A9&r=.",
        "/user/é, https://api.example.com/v1/user/%C3%A9",
        "/a;b=c/d, https://api.example.com/v1/a;b=c/d",
        "/a?x=%0A, https://api.example.com/v1/a?x=%0A",
        "/a?next=https://evil.example.com/../x, https://api.example.com/v1/a?next=https://evil.example.com/../x",
        "/a?, https://api.example.com/v1/a",
        "/..hidden/a..b/..., https://api.example.com/v1/..hidden/a..b/...",
        "HTTPS://API.example.com:443/v1/repos, https://api.example.com/v1/repos",
        "https://api.example.com/v1, https://api.example.com/v1",
        "https://api.example.com/v2/x, https://api.example.com/v2/x",
        "https://api.example.com/v1x/y, https://api.example.com/v1x/y",
        "https://files.example.com/a/%62, https://files.example.com/a/b",
        "https://files.example.com?a=b, https://files.example.com/?a=b"
    })
    void targetIsSentInOneForm(String target, String address) {
        assertThat(alice.call("notes", ApiRequest.get(target)).status()).isEqualTo(200);
        assertThat(booth.called()).containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override",
                "x-http-method-override",
                "X_HTTP_Method_Override",
                "X-HTTP-Method",
                "X-Method-Override",
                "X-HTTP-Verb",
                "X_HTTP_VERB",
                "X-Forwarded-Method",
                "X-Original-URL",
                "X-Rewrite-URL"
            })
    void headerMakesNoOtherCallOfIt(String name) {
        assertThat(refusal(ApiRequest.post("/repos", "{}").header(name, "DELETE")))
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(booth.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "application/x-www-form-urlencoded; charset=utf-8 | _method=DELETE",
                "application/x-www-form-urlencoded | a=b&_method=delete",
                "application/x-www-form-urlencoded | %5Fmethod=PUT",
                "Application/X-WWW-Form-URLencoded | %5f%4dethod=PUT",
                "application/x-www-form-urlencoded | .method=PUT",
                "application/x-www-form-urlencoded | a=%zz&+_method%00=PUT",
                "application/json | {\"_method\": \"DELETE\"}",
                "application/json | {\"a\": {\"b\": \"}\\\"\"}, \"\\u005fmethod\" : \"DELETE\"}",
                "application/vnd.api+json | [}{\"_method\": \"DELETE\"",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data; name=\"_method\"~~DELETE~--x--",
                "multipart/form-data; boundary=x | --x~content-disposition:form-data;name=_method~~DELETE~--x--",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data;~ name='_method'~~DELETE~--x--",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data; name=\" .me\\thod[]\"~~DELETE~--x--",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data; name*=utf-8''%5Fmethod~~DELETE~--x--",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data; name*0=_method~~DELETE~--x--",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data; a=\"name=\"; name=\"_method\"~~D~--x--",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data; a=\u0085; name=\"_method\"~~D~--x--",
                "multipart/form-data; boundary=json | --json~Content-Disposition: form-data; name=_method~~DELETE~--json--",
                "application/x-www-form-urlencoded; charset=json | _method=DELETE"
            })
    void bodyMakesNoOtherCallOfIt(String type, String body) {
        ApiRequest request = ApiRequest.of("POST", "/repos")
                .body(type, body.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(request)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(booth.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "application/x-www-form-urlencoded | method=DELETE&note=_method%3DDELETE&a=%zz",
                "application/json | {\"note\": {\"_method\": \"DELETE\"}, \"say\": \"_method\", \"x\": \"\\\"_method\\\":\"}",
                "text/html | <input name=\"_method\" value=\"delete\">",
                "multipart/form-data; boundary=x | --x~Content-Disposition: form-data; name=\"f\"~~<input name=\"_method\">~--x--"
            })
    void wordsAreNoNames(String type, String body) {
        ApiRequest request = ApiRequest.of("POST", "/repos?note=_method")
                .body(type, body.replace("~", "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(alice.call("notes", request).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE"})
    void bodyInWiderLettersMakesNoOtherCallOfIt(String charset) {
        byte[] body = "{\"_method\": \"DELETE\"}".getBytes(Charset.forName(charset));
        assertThat(refusal(ApiRequest.of("POST", "/repos").body("application/json; charset=" + charset, body)))
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(booth.sent).isEmpty();
    }

    @Test
    void headsOfPartsAreReadToTheirEnd() {
        assertThat(alice.call("notes", part("\r\n  a=b;".repeat(20_000) + " name=\"" + "\\a".repeat(50_000) + "\""))
                        .status())
                .isEqualTo(200);
        assertThat(refusal(part("\r name=_method"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refusal(part(" a=\"" + " name=b".repeat(20_000) + "\"; name=_method")))
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(booth.sent).hasSize(1);
    }

    private static ApiRequest part(String parameters) {
        String body = "--x\r\nContent-Disposition: form-data;" + parameters + "\r\n\r\n1\r\n--x--";
        return ApiRequest.of("POST", "/repos")
                .body("multipart/form-data; boundary=x", body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "TRACE", "CONNECT", "GET /x", "G\r\nET", "", "DELETE\u0000"})
    void methodIsAPlainOne(String method) {
        assertThat(refusal(ApiRequest.of(method, "/repos"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(booth.sent).isEmpty();
    }

    @Test
    void longTargetIsRefused() {
        assertThat(refusal(ApiRequest.get("/" + "a".repeat(9_000)))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
}
