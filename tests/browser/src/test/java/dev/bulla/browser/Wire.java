package dev.bulla.browser;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** W3C WebDriver over HTTP: commands and answers in JSON (https://www.w3.org/TR/webdriver2/). */
final class Wire {
    /** A command that the browser did not carry out; {@code error} is one of the standard's words, such as "no such element". */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private static final Set<String> PASSING = Set.of(
                "stale element reference",
                "no such element",
                "no such window",
                "element not interactable",
                "element click intercepted");

        /** The same, as Chromium says it of a page that goes away while it is asked. */
        private static final Set<String> GONE = Set.of(
                "does not belong to the document",
                "Frame is detached",
                "Cannot find context",
                "No node with given id",
                "no such execution context");

        private final String error;

        Refused(String error, String message) {
            super(error + ": " + message);
            this.error = error;
        }

        /** Whether the page was changing under our hands, so that asking again is right. */
        boolean passing() {
            String message = String.valueOf(getMessage());
            return PASSING.contains(error) || GONE.stream().anyMatch(message::contains);
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    Wire(URI base) {
        this.base = base;
    }

    @Nullable
    Object get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    @Nullable
    Object post(String path, Map<String, ?> fields) {
        return send(HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(json(fields))));
    }

    @Nullable
    Object delete(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).DELETE());
    }

    private @Nullable Object send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Object value = fields(parse(answer.body())).get("value");
            if (answer.statusCode() != 200) {
                Map<?, ?> problem = fields(value);
                throw new Refused(String.valueOf(problem.get("error")), String.valueOf(problem.get("message")));
            }
            return value;
        } catch (IOException e) {
            throw new IllegalStateException("the browser does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Map<?, ?> fields(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalStateException("not an object: " + value);
    }

    private static @Nullable Object parse(String json) throws IOException {
        return JsonReader.of(new Buffer().writeUtf8(json)).readJsonValue();
    }

    private static String json(Map<String, ?> fields) {
        Buffer out = new Buffer();
        try (JsonWriter writer = JsonWriter.of(out)) {
            writer.setSerializeNulls(true);
            writer.jsonValue(fields);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.readUtf8();
    }
}
