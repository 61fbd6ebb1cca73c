package dev.bulla.tool;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.json.JsonTree;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of one call, checked against the tool's schema, its defaults filled in. Values are {@code String}, {@code BigDecimal} with
 * the digits as given, {@code Boolean}, {@code List} and {@code Map}. Immutable; {@code toString} shows the names
 * only.
 */
public final class Arguments {
    private final Map<String, Object> values;

    Arguments(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** In the order in which they were given. A null stands where the schema allows one. */
    public Map<String, Object> values() {
        return values;
    }

    public Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A text, the digits of a number, or a truth value, as text; empty where it is absent, a list or an object. */
    public Optional<String> text(String name) {
        return value(name).flatMap(Arguments::plain);
    }

    /** All of them as JSON. */
    public String json() {
        return JsonTree.write(values);
    }

    static Optional<String> plain(Object value) {
        if (value instanceof BigDecimal number) {
            return Optional.of(number.toPlainString());
        }
        return value instanceof String || value instanceof Boolean ? Optional.of(value.toString()) : Optional.empty();
    }

    /** What stands in a place of an address. */
    String place(String name) {
        return text(name).orElseThrow(() -> refused("'" + name + "' is missing, or is a list or an object"));
    }

    static BullaException refused(String message) {
        return new BullaException(ErrorCode.TOOL_ARGUMENTS, message);
    }

    @Override
    public String toString() {
        return "Arguments" + values.keySet();
    }
}
