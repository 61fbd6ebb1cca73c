package dev.bulla.http;

import com.squareup.moshi.JsonReader;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) as strictly as it can be read: valid UTF-8 without byte order mark, exactly one object and nothing after it,
 * no name twice in one object, no bare control characters, no lone surrogates, bounded depth, texts and numbers. Content types are
 * not judged, because services mislabel their answers; the bytes decide. Thread-safe.
 *
 * <p>Whatever is not taken fails with {@link BullaException} {@code ANSWER_REFUSED}, without a word of the content.
 */
public final class StrictJson {
    private static final int NUMBER_LENGTH = 64;
    private static final int NUMBER_SCALE = 400;

    private final int depth;
    private final int text;

    private StrictJson(int depth, int text) {
        this.depth = depth;
        this.text = text;
    }

    /** A token answer: at most 8 levels, texts of at most 16 KiB. */
    public static Json tokenAnswer(HttpAnswer answer) {
        return new StrictJson(8, 16 << 10).object(answer.body());
    }

    /** Metadata, key sets, identities and other documents: at most 32 levels. */
    public static Json document(HttpAnswer answer) {
        return document(answer.body());
    }

    /** As {@link #document(HttpAnswer)}, for bytes that came another way. */
    public static Json document(byte[] body) {
        return new StrictJson(32, 256 << 10).object(body);
    }

    /** As {@link #document(HttpAnswer)}; an array may stand in place of the object, and is found under the empty name. */
    public static Json documentOrArray(HttpAnswer answer) {
        return new StrictJson(32, 256 << 10).read(answer.body(), true);
    }

    /** As {@link #documentOrArray(HttpAnswer)}, for bytes that came another way. */
    public static Json documentOrArray(byte[] body) {
        return new StrictJson(32, 256 << 10).read(body, true);
    }

    private Json object(byte[] body) {
        return read(body, false);
    }

    private Json read(byte[] body, boolean orArray) {
        if (!JsonBytes.areSound(body, depth)) {
            throw refused();
        }
        try (JsonReader reader = JsonReader.of(new Buffer().write(body))) {
            boolean array = orArray && reader.peek() == JsonReader.Token.BEGIN_ARRAY;
            if (!array && reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                throw refused();
            }
            Map<String, Object> fields = array ? Map.of("", elements(reader)) : fields(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw refused();
            }
            return new Json(fields);
        } catch (IOException | RuntimeException e) {
            throw refused(); // texts of the parser may hold values
        }
    }

    private Map<String, Object> fields(JsonReader reader) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = checked(reader.nextName());
            if (fields.containsKey(name)) {
                throw refused();
            }
            put(fields, name, value(reader));
        }
        reader.endObject();
        return fields;
    }

    @SuppressWarnings("NullAway") // a null in the document stands as null in the map, which Json reads as absent
    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        fields.put(name, value);
    }

    private @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> fields(reader);
            case BEGIN_ARRAY -> elements(reader);
            case STRING -> checked(reader.nextString());
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> reader.nextNull();
            default -> throw refused();
        };
    }

    @SuppressWarnings("NullAway") // as above
    private List<Object> elements(JsonReader reader) throws IOException {
        List<Object> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            elements.add(value(reader));
        }
        reader.endArray();
        return elements;
    }

    private String checked(String value) {
        if (value.length() > text) {
            throw refused();
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw refused();
            }
        }
        return value;
    }

    /** Bounded, so that nobody is made to write out 1e999999999. */
    private static BigDecimal number(String literal) {
        if (literal.length() > NUMBER_LENGTH) {
            throw refused();
        }
        BigDecimal number = new BigDecimal(literal);
        if (Math.abs((long) number.scale()) > NUMBER_SCALE) {
            throw refused();
        }
        return number;
    }

    private static BullaException refused() {
        return new BullaException(ErrorCode.ANSWER_REFUSED, "the answer is not the JSON that was expected");
    }
}
