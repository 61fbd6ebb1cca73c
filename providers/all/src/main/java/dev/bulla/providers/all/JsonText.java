package dev.bulla.providers.all;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Map;
import okio.Buffer;

/** Writes maps, lists, texts, numbers, truth values and nulls as JSON, for people too. */
final class JsonText {
    private JsonText() {}

    static String of(Map<String, ?> fields) {
        Buffer out = new Buffer();
        try (JsonWriter writer = JsonWriter.of(out)) {
            writer.setIndent("  ");
            writer.setSerializeNulls(true);
            writer.jsonValue(fields);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written");
        }
        return out.readUtf8();
    }
}
