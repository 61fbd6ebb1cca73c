package dev.bulla.web;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Map;
import okio.Buffer;

/** Writes maps, lists, texts, numbers and truth values as JSON. */
final class JsonText {
    private JsonText() {}

    static String of(Map<String, ?> fields) {
        Buffer out = new Buffer();
        try (JsonWriter writer = JsonWriter.of(out)) {
            writer.jsonValue(fields);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed");
        }
        return out.readUtf8();
    }
}
