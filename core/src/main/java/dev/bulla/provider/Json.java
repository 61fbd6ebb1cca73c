package dev.bulla.provider;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A strictly parsed JSON object, for the lambdas that shape one message. Getters answer empty where the path leads nowhere or to a
 * value of another kind; numbers that stand for ids come as their digits. {@code toString} shows the names at the top only.
 */
public final class Json {
    private final Map<String, Object> fields;

    /** @param fields values are {@code String}, {@code BigDecimal}, {@code Boolean}, {@code List}, {@code Map} or the absent null */
    public Json(Map<String, Object> fields) {
        this.fields = new LinkedHashMap<>(fields);
    }

    private Optional<Object> at(String[] path) {
        Object here = fields;
        for (String name : path) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Optional.ofNullable(here);
    }

    /** The names at the top, in the order of the document. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** Whether there is a value, of whatever kind but null. */
    public boolean has(String... path) {
        return at(path).isPresent();
    }

    /** A text. */
    public Optional<String> text(String... path) {
        return at(path).filter(String.class::isInstance).map(String.class::cast);
    }

    /** A text, or the digits of a whole number: for ids. */
    public Optional<String> id(String... path) {
        return at(path).map(value -> value instanceof BigDecimal number ? number.toPlainString() : value)
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    public Optional<BigDecimal> number(String... path) {
        return at(path).filter(BigDecimal.class::isInstance).map(BigDecimal.class::cast);
    }

    public Optional<Boolean> flag(String... path) {
        return at(path).filter(Boolean.class::isInstance).map(Boolean.class::cast);
    }

    /** An object below this one. */
    @SuppressWarnings("unchecked")
    public Optional<Json> object(String... path) {
        return at(path).filter(Map.class::isInstance).map(value -> new Json((Map<String, Object>) value));
    }

    /** An array; its elements are of the kinds that the constructor names. */
    public Optional<List<?>> list(String... path) {
        return at(path).filter(List.class::isInstance).map(value -> (List<?>) value);
    }

    /** The objects of an array; what is no object, or no array, is left out. */
    @SuppressWarnings("unchecked")
    public List<Json> objects(String... path) {
        return list(path).orElse(List.of()).stream()
                .filter(Map.class::isInstance)
                .map(value -> new Json((Map<String, Object>) value))
                .toList();
    }

    @Override
    public String toString() {
        return "Json" + fields.keySet();
    }
}
