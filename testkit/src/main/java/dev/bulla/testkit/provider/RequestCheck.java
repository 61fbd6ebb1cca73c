package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.http.StrictJson;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Compares a request with the documented one. More parameters than documented are fine unless the transcript lists them as absent;
 * {@code Accept} must ask for JSON, whichever name the vendor recommends for it.
 */
final class RequestCheck {
    private final Asked asked;
    private final Stage stage;

    RequestCheck(Asked asked, Stage stage) {
        this.asked = asked;
        this.stage = stage;
    }

    void check(HttpCall sent, RecordedRequest arrived) {
        assertThat(sent.method()).isEqualTo(asked.method());
        assertThat(arrived.getMethod()).isEqualTo(asked.method());
        checkAddress(sent.uri());
        asked.headers().forEach((name, value) -> checkHeader(name, value, arrived));
        checkClient(Optional.ofNullable(arrived.getHeaders().get("Authorization")));
        assertThat(arrived.getHeaders().get("User-Agent")).as("User-Agent").isNotBlank();
        checkAbsent(arrived.getHeaders());
        ByteString bytes = arrived.getBody() == null ? ByteString.EMPTY : arrived.getBody();
        checkBody(bytes, isJson(arrived));
        asked.jwt().ifPresent(jwt -> checkJwt(jwt, arrived.getHeaders(), bytes));
    }

    /** An address that a browser or a call is sent to, with its query. */
    void checkAddress(URI uri) {
        URI documented = asked.url();
        assertThat(uri.getScheme()).isEqualTo(documented.getScheme());
        assertThat(uri.getRawAuthority()).isEqualTo(documented.getRawAuthority());
        assertThat(uri.getRawPath()).isEqualTo(documented.getRawPath());
        Map<String, String> query = pairs(uri.getRawQuery());
        asked.query().forEach((name, value) -> {
            if (value.isEmpty()) {
                assertThat(query.getOrDefault(name, "")).as(name).isEmpty();
            } else {
                assertThat(query).containsEntry(name, value);
            }
        });
        checkAbsent(query);
    }

    private void checkHeader(String name, String value, RecordedRequest arrived) {
        String actual = arrived.getHeaders().get(name);
        assertThat(actual).as(name).isNotNull();
        if (name.equalsIgnoreCase("Accept")) {
            assertThat(actual).as(name).endsWith("json");
        } else if (name.equalsIgnoreCase("Content-Type")) {
            assertThat(actual).as(name).startsWithIgnoringCase(value.split(";")[0]);
        } else if (!value.equals("{user_agent}")) {
            assertThat(actual).as(name).isEqualTo(value);
        }
    }

    private void checkClient(Optional<String> authorization) {
        if (asked.basicAuth()) {
            String pair = stage.values().get("client_id") + ":" + stage.values().get("client_secret");
            assertThat(authorization)
                    .contains("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else if (!asked.headers().containsKey("Authorization")) {
            assertThat(authorization.filter(value -> value.startsWith("Basic ")))
                    .isEmpty();
        }
    }

    private void checkAbsent(Map<String, String> parameters) {
        assertThat(parameters).doesNotContainKeys(asked.absent().toArray(String[]::new));
    }

    private void checkAbsent(Headers headers) {
        boolean client = asked.basicAuth() || asked.jwt().isPresent();
        asked.absent().stream()
                .filter(name -> !(client && name.equalsIgnoreCase("Authorization")))
                .forEach(name -> assertThat(headers.get(name)).as(name).isNull());
    }

    private static boolean isJson(RecordedRequest arrived) {
        String type = arrived.getHeaders().get("Content-Type");
        return type != null && type.contains("json");
    }

    private void checkBody(ByteString bytes, boolean json) {
        if (asked.rawBody().isPresent()) {
            checkRaw(asked.rawBody().get(), bytes.utf8());
        } else if (asked.jsonBody().isPresent()) {
            Json body = StrictJson.document(bytes.toByteArray());
            asked.jsonBody()
                    .get()
                    .forEach((name, value) -> assertThat(
                                    body.id(name).or(() -> body.flag(name).map(String::valueOf)))
                            .as(name)
                            .contains(value));
            assertThat(asked.absent()).noneMatch(body.names()::contains);
        } else {
            Map<String, String> form = json ? Map.of() : pairs(bytes.utf8());
            assertThat(form).containsAllEntriesOf(asked.form());
            checkAbsent(form);
        }
    }

    /** JSON is compared as such: the documented members must be there, however they are written. */
    private static void checkRaw(String documented, String actual) {
        if (documented.startsWith("{")) {
            contains("body", tree(documented), tree(actual));
        } else {
            assertThat(actual).isEqualTo(documented);
        }
    }

    private static Object tree(String text) {
        return StrictJson.document(("{\"body\":[" + text + "]}").getBytes(StandardCharsets.UTF_8))
                .list("body")
                .orElseThrow();
    }

    private static void contains(String where, @Nullable Object documented, @Nullable Object actual) {
        if (documented instanceof Map<?, ?> members && actual instanceof Map<?, ?> there) {
            members.forEach((name, value) -> contains(where + "." + name, value, there.get(name)));
        } else if (documented instanceof List<?> list && actual instanceof List<?> there) {
            assertThat(there).as(where).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                contains(where + "[" + i + "]", list.get(i), there.get(i));
            }
        } else {
            assertThat(actual).as(where).isEqualTo(documented);
        }
    }

    private void checkJwt(Asked.Jwt documented, Headers headers, ByteString body) {
        String[] place = documented.in().split(":");
        String carrier = place[0].equals("form")
                ? pairs(body.utf8()).getOrDefault(place[1], "")
                : Optional.ofNullable(headers.get(place[1])).orElse("").replaceFirst("^Bearer ", "");
        new JwtCheck(documented, asked.absent(), stage.now()).check(carrier);
    }

    static Map<String, String> pairs(@Nullable String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return pairs;
        }
        for (String pair : text.split("&")) {
            int at = pair.indexOf('=');
            String name = at < 0 ? pair : pair.substring(0, at);
            String former = pairs.put(decoded(name), at < 0 ? "" : decoded(pair.substring(at + 1)));
            assertThat(former).as("only one " + name).isNull();
        }
        return pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
