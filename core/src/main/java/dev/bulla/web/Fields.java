package dev.bulla.web;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An object of an answer, in the making. What is absent or empty is left out where the verb says so. */
final class Fields {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Fields put(String name, String value) {
        fields.put(name, value);
        return this;
    }

    Fields put(String name, boolean value) {
        fields.put(name, value);
        return this;
    }

    Fields put(String name, long value) {
        fields.put(name, value);
        return this;
    }

    Fields put(String name, List<String> values) {
        fields.put(name, values);
        return this;
    }

    Fields put(String name, Map<String, ?> values) {
        fields.put(name, values);
        return this;
    }

    Fields put(String name, Fields object) {
        fields.put(name, object.fields);
        return this;
    }

    /** Left out where it is absent. */
    Fields maybe(String name, Optional<?> value) {
        value.ifPresent(found -> fields.put(name, found.toString()));
        return this;
    }

    /** Left out where it is empty. */
    Fields maybe(String name, String value) {
        return value.isEmpty() ? this : put(name, value);
    }

    /** Left out where it is empty. */
    Fields maybe(String name, List<String> values) {
        return values.isEmpty() ? this : put(name, values);
    }

    <T> Fields each(String name, Collection<T> all, Function<T, Fields> view) {
        fields.put(name, all.stream().map(view).map(object -> object.fields).toList());
        return this;
    }

    Fields and(Map<String, ?> values) {
        fields.putAll(values);
        return this;
    }

    /** Also what the other has. */
    Fields and(Fields other) {
        fields.putAll(other.fields);
        return this;
    }

    WebResponse ok() {
        return answer(200);
    }

    WebResponse answer(int status) {
        return WebResponse.json(status, JsonText.of(fields));
    }
}
