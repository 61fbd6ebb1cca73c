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
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Compares a request with the documented one. More parameters than documented are fine unless the transcript lists them as absent;
 * {@code Accept} must ask for JSON, whichever name the vendor recommends for it.
 */
final class RequestCheck {
    private final Transcript transcript;

    RequestCheck(Transcript transcript) {
        this.transcript = transcript;
    }

    void check(HttpCall sent, RecordedRequest arrived) {
        assertThat(sent.method()).isEqualTo(transcript.method());
        assertThat(arrived.getMethod()).isEqualTo(transcript.method());
        checkAddress(sent.uri());
        transcript.headers().forEach((name, value) -> checkHeader(name, value, arrived));
        checkClient(Optional.ofNullable(arrived.getHeaders().get("Authorization")));
        assertThat(arrived.getHeaders().get("User-Agent")).as("User-Agent").isNotBlank();
        checkBody(arrived);
    }

    /** An address that a browser or a call is sent to, with its query. */
    void checkAddress(URI uri) {
        URI documented = transcript.url();
        assertThat(uri.getScheme()).isEqualTo(documented.getScheme());
        assertThat(uri.getRawAuthority()).isEqualTo(documented.getRawAuthority());
        assertThat(uri.getRawPath()).isEqualTo(documented.getRawPath());
        Map<String, String> query = pairs(uri.getRawQuery());
        transcript.query().forEach((name, value) -> {
            if (value.isEmpty()) {
                assertThat(query.getOrDefault(name, "")).as(name).isEmpty();
            } else {
                assertThat(query).containsEntry(name, value);
            }
        });
        assertThat(query).doesNotContainKeys(transcript.absent().toArray(String[]::new));
    }

    private void checkHeader(String name, String value, RecordedRequest arrived) {
        String actual = arrived.getHeaders().get(name);
        assertThat(actual).as(name).isNotNull();
        if (name.equalsIgnoreCase("Accept")) {
            assertThat(actual).as(name).endsWith("json");
        } else if (name.equalsIgnoreCase("Content-Type")) {
            assertThat(actual).as(name).startsWith(value);
        } else {
            assertThat(actual).as(name).isEqualTo(value);
        }
    }

    private void checkClient(Optional<String> authorization) {
        if (transcript.basicAuth()) {
            String pair = Values.CLIENT_ID + ":" + Values.CLIENT_SECRET;
            assertThat(authorization)
                    .contains("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            assertThat(authorization.filter(value -> value.startsWith("Basic ")))
                    .isEmpty();
        }
    }

    private void checkBody(RecordedRequest arrived) {
        ByteString bytes = arrived.getBody() == null ? ByteString.EMPTY : arrived.getBody();
        if (transcript.jsonBody().isPresent()) {
            Json body = StrictJson.document(bytes.toByteArray());
            transcript
                    .jsonBody()
                    .get()
                    .forEach((name, value) ->
                            assertThat(body.text(name)).as(name).contains(value));
            return;
        }
        Map<String, String> form = pairs(bytes.utf8());
        assertThat(form).containsAllEntriesOf(transcript.form());
        assertThat(form).doesNotContainKeys(transcript.absent().toArray(String[]::new));
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
