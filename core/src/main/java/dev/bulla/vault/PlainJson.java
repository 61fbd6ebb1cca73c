package dev.bulla.vault;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** JSON of our own making: maps, lists, texts, numbers, truth values. What it reads was written here and opened from a seal. */
public final class PlainJson {
    private PlainJson() {}

    public static byte[] write(Map<String, ?> fields) {
        Buffer out = new Buffer();
        try (JsonWriter writer = JsonWriter.of(out)) {
            writer.jsonValue(fields);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed");
        }
        return out.readByteArray();
    }

    /** @throws BullaException {@code RECORD_REFUSED} where the bytes are not such an object */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> read(byte[] bytes) {
        try (JsonReader reader = JsonReader.of(new Buffer().write(bytes))) {
            Object value = reader.readJsonValue();
            if (value instanceof Map<?, ?> map && reader.peek() == JsonReader.Token.END_DOCUMENT) {
                return (Map<String, Object>) map;
            }
        } catch (IOException | RuntimeException e) {
            throw refused();
        }
        throw refused();
    }

    /** A map of texts; the empty text reads as the empty map. */
    public static Map<String, String> readTexts(String json) {
        Map<String, String> out = new LinkedHashMap<>();
        if (!json.isEmpty()) {
            read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .forEach((name, value) -> out.put(name, String.valueOf(value)));
        }
        return out;
    }

    public static String writeTexts(Map<String, String> texts) {
        return texts.isEmpty() ? "" : new String(write(texts), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The text under {@code name}. @throws BullaException where there is none */
    public static String text(Map<String, Object> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw refused();
    }

    /** The text under {@code name}, or null. */
    public static @Nullable String textOrNull(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    /** The whole number under {@code name}, or null. */
    public static @Nullable Long numberOrNull(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    /** The object under {@code name}; empty where there is none. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The texts in the list under {@code name}, or null where there is no list. */
    public static @Nullable List<String> textsOrNull(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : null;
    }

    private static BullaException refused() {
        return new BullaException(ErrorCode.RECORD_REFUSED, "the contents of a record are not of the expected form");
    }
}
