package dev.bulla.json;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) as strictly as it can be read: valid UTF-8 without byte order mark, exactly one object or array and nothing after
 * it, no name twice in one object, no bare control characters, no lone surrogates, bounded depth, texts and numbers. Values are
 * {@code Map}, {@code List}, {@code String}, {@code BigDecimal}, {@code Boolean} and null; numbers keep their digits. Thread-safe.
 */
public final class JsonTree {
    private static final int NUMBER_LENGTH = 64;
    private static final int NUMBER_SCALE = 400;

    private final int depth;
    private final int text;

    private JsonTree(int depth, int text) {
        this.depth = depth;
        this.text = text;
    }

    /** @param text the longest text that is taken, in characters */
    public static JsonTree within(int depth, int text) {
        return new JsonTree(depth, text);
    }

    /** The object that the bytes are. */
    public Map<String, Object> object(byte[] body) throws JsonRefused {
        return read(body, JsonReader.Token.BEGIN_OBJECT, this::fields);
    }

    /** As {@link #object(byte[])}. */
    public Map<String, Object> object(String body) throws JsonRefused {
        if (!isWhole(body)) {
            throw new JsonRefused();
        }
        return object(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The array that the bytes are. */
    public List<Object> array(byte[] body) throws JsonRefused {
        return read(body, JsonReader.Token.BEGIN_ARRAY, this::elements);
    }

    /** Whether the first thing in it is the beginning of an array. */
    public static boolean beginsArray(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b == '[';
            }
        }
        return false;
    }

    /** Writes a tree of such values. */
    public static String write(@Nullable Object value) {
        Buffer out = new Buffer();
        try (JsonWriter writer = JsonWriter.of(out)) {
            writer.setSerializeNulls(true);
            writer.jsonValue(value);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed");
        }
        return out.readUtf8();
    }

    private interface Part<T> {
        T read(JsonReader reader) throws IOException, JsonRefused;
    }

    private <T> T read(byte[] body, JsonReader.Token first, Part<T> part) throws JsonRefused {
        if (!JsonBytes.areSound(body, depth)) {
            throw new JsonRefused();
        }
        try (JsonReader reader = JsonReader.of(new Buffer().write(body))) {
            if (reader.peek() != first) {
                throw new JsonRefused();
            }
            T value = part.read(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new JsonRefused();
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw new JsonRefused(); // texts of the parser may hold values
        }
    }

    private Map<String, Object> fields(JsonReader reader) throws IOException, JsonRefused {
        Map<String, Object> fields = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = checked(reader.nextName());
            if (fields.containsKey(name)) {
                throw new JsonRefused();
            }
            put(fields, name, value(reader));
        }
        reader.endObject();
        return fields;
    }

    @SuppressWarnings("NullAway") // a null in the document stands as null in the map
    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        fields.put(name, value);
    }

    private @Nullable Object value(JsonReader reader) throws IOException, JsonRefused {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> fields(reader);
            case BEGIN_ARRAY -> elements(reader);
            case STRING -> checked(reader.nextString());
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> reader.nextNull();
            default -> throw new JsonRefused();
        };
    }

    @SuppressWarnings("NullAway") // as above
    private List<Object> elements(JsonReader reader) throws IOException, JsonRefused {
        List<Object> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            elements.add(value(reader));
        }
        reader.endArray();
        return elements;
    }

    private String checked(String value) throws JsonRefused {
        if (value.length() > text || !isWhole(value)) {
            throw new JsonRefused();
        }
        return value;
    }

    /** Whether no half of a surrogate pair stands alone. */
    private static boolean isWhole(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Bounded, so that nobody is made to write out 1e999999999. */
    private static BigDecimal number(String literal) throws JsonRefused {
        if (literal.length() > NUMBER_LENGTH) {
            throw new JsonRefused();
        }
        BigDecimal number = new BigDecimal(literal);
        if (Math.abs((long) number.scale()) > NUMBER_SCALE) {
            throw new JsonRefused();
        }
        return number;
    }
}
