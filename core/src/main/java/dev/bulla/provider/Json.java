package dev.bulla.provider;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /**
     * Every value at a path, in the order of the document, without nulls. Values are of the kinds that the constructor names.
     *
     * @param path names joined by dots; {@code *} means every element of an array or member of an object, and the empty path this object
     */
    public List<Object> every(String path) {
        List<Object> found = List.of(fields);
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
            found = found.stream().flatMap(value -> below(value, name)).toList();
        }
        return found;
    }

    private static Stream<Object> below(Object value, String name) {
        if (!name.equals("*")) {
            return value instanceof Map<?, ?> map ? Stream.ofNullable(map.get(name)) : Stream.empty();
        }
        Collection<?> all =
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        return all.stream().filter(Objects::nonNull).map(one -> one);
    }

    @Override
    public String toString() {
        return "Json" + fields.keySet();
    }
}
