package dev.bulla.web;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import dev.bulla.provider.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON of a request, read strictly: a name that nobody knows, or a value of another kind, is refused rather than passed over, because a
 * mistyped label would mean another account. No message holds a value.
 */
final class Body {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Json json;
    private final String text;
    private final boolean form;

    private Body(Json json, String text, boolean form) {
        this.json = json;
        this.text = text;
        this.form = form;
    }

    static Body of(WebRequest request) {
        boolean form = request.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
                .isPresent();
        if (request.form().isEmpty() && !form) {
            return new Body(request.json(), request.body(), false);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        request.form()
                .keySet()
                .forEach(name -> fields.put(name, request.field(name).orElse("")));
        return new Body(new Json(fields), "", true);
    }

    /** Whether a browser sent the fields of a page. */
    boolean isForm() {
        return form;
    }

    /** Refuses what is not among these names, and forms altogether. */
    Body only(String... names) {
        if (form) {
            throw refused("the body is a JSON object, not a form");
        }
        json.names().stream()
                .filter(name -> !Set.of(names).contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused("the body has a name that is not known here; "
                            + (names.length == 0 ? "it has none" : "known are " + String.join(", ", names)));
                });
        return this;
    }

    boolean has(String name) {
        return json.has(name);
    }

    Optional<String> text(String name) {
        return kind(name, json.text(name));
    }

    /** A text that is not repeated anywhere. */
    Optional<String> secret(String name) {
        return text(name);
    }

    String needed(String name) {
        return text(name).orElseThrow(() -> refused("'" + name + "' is missing"));
    }

    Optional<Boolean> flag(String name) {
        return kind(name, json.flag(name));
    }

    /** A whole number, 0 or more. */
    Optional<Long> number(String name) {
        return kind(name, json.number(name)).map(number -> {
            try {
                long value = number.longValueExact();
                if (value >= 0) {
                    return value;
                }
            } catch (ArithmeticException e) {
                throw other(name);
            }
            throw other(name);
        });
    }

    /** An object of texts; truth values and whole numbers stand for their texts. */
    Optional<Map<String, String>> texts(String name) {
        return kind(name, json.object(name)).map(object -> texts(name, object));
    }

    /** An array of objects of whatever kinds, each as JSON. */
    Optional<List<String>> trees(String name) {
        return kind(name, json.list(name)).map(list -> {
            if (json.objects(name).size() != list.size() || !(tree().get(name) instanceof List<?> trees)) {
                throw other(name);
            }
            return trees.stream().map(JsonTree::write).toList();
        });
    }

    private Map<String, Object> tree() {
        try {
            return JsonTree.within(32, 64 << 10).object(text);
        } catch (JsonRefused e) {
            throw refused("the body is not a JSON object");
        }
    }

    /** An array of objects of texts. */
    Optional<List<Map<String, String>>> rows(String name) {
        return kind(name, json.list(name)).map(list -> {
            List<Json> objects = json.objects(name);
            if (objects.size() != list.size()) {
                throw other(name);
            }
            return objects.stream().map(object -> texts(name, object)).toList();
        });
    }

    /** An object of objects of texts. */
    Optional<Map<String, Map<String, String>>> rowsByName(String name) {
        return kind(name, json.object(name)).map(object -> {
            Map<String, Map<String, String>> rows = new LinkedHashMap<>();
            object.names()
                    .forEach(row -> rows.put(row, texts(name, object.object(row).orElseThrow(() -> other(name)))));
            return rows;
        });
    }

    /** An array of texts. */
    Optional<List<String>> list(String name) {
        return kind(name, json.list(name)).map(list -> strings(name, list));
    }

    /** An object of arrays of texts. */
    Map<String, List<String>> lists(String name) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        kind(name, json.object(name))
                .ifPresent(object -> object.names()
                        .forEach(each ->
                                lists.put(each, strings(name, object.list(each).orElseThrow(() -> other(name))))));
        return lists;
    }

    /** An object of whatever kinds, as JSON. */
    Optional<String> tree(String name) {
        return kind(name, json.object(name)).map(object -> JsonTree.write(tree().get(name)));
    }

    /** An object of arrays of objects. */
    Map<String, List<Json>> objects(String name) {
        Map<String, List<Json>> all = new LinkedHashMap<>();
        kind(name, json.object(name))
                .ifPresent(object -> object.names().forEach(each -> {
                    List<Json> objects = object.objects(each);
                    if (objects.size()
                            != object.list(each).orElseThrow(() -> other(name)).size()) {
                        throw other(name);
                    }
                    all.put(each, objects);
                }));
        return all;
    }

    private static List<String> strings(String name, List<?> list) {
        List<String> strings = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof String string)) {
                throw other(name);
            }
            strings.add(string);
        }
        return strings;
    }

    private static Map<String, String> texts(String name, Json object) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String each : object.names()) {
            texts.put(
                    each,
                    object.text(each)
                            .or(() -> object.flag(each).map(String::valueOf))
                            .or(() -> object.number(each).map(BigDecimal::toPlainString))
                            .orElseThrow(() -> other(name)));
        }
        return texts;
    }

    private <T> Optional<T> kind(String name, Optional<T> found) {
        if (found.isEmpty() && json.has(name)) {
            throw other(name);
        }
        return found;
    }

    private static BullaException other(String name) {
        return refused("'" + name + "' is not of the kind that it must be");
    }

    private static BullaException refused(String message) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, message);
    }

    @Override
    public String toString() {
        return "Body" + json.names();
    }
}
