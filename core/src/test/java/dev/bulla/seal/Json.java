package dev.bulla.seal;

import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One JSON object of test data. */
final class Json {
    private final Map<?, ?> members;

    private Json(Map<?, ?> members) {
        this.members = members;
    }

    static Json parse(String text) {
        return new Json((Map<?, ?>) value(text));
    }

    static List<Json> parseList(String text) {
        return objects(value(text));
    }

    String text(String name) {
        return (String) members.get(name);
    }

    int number(String name) {
        return (int) longNumber(name);
    }

    long longNumber(String name) {
        return ((Double) members.get(name)).longValue();
    }

    byte[] hex(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    Json object(String name) {
        return new Json((Map<?, ?>) members.get(name));
    }

    List<Json> objects(String name) {
        return objects(members.get(name));
    }

    private static List<Json> objects(Object list) {
        return ((List<?>) list).stream().map(each -> new Json((Map<?, ?>) each)).toList();
    }

    private static Object value(String text) {
        try {
            return new Moshi.Builder().build().adapter(Object.class).fromJson(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
