package dev.bulla.entity;

import dev.bulla.provider.EntitySource;
import dev.bulla.provider.Json;
import dev.bulla.store.EntityRow;
import dev.bulla.store.Limits;
import dev.bulla.vault.PlainJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a service says of its things by the paths of a source. What does not fit is left out, never cut, but for names. */
final class EntityReader {
    /** Attributes of which nothing is known for sure any more. */
    static final String DOUBTFUL = "";

    private static final Pattern PART = Pattern.compile("\\{([^}]*)\\}");
    private static final int VALUES = 64;

    private final Home home;
    private final EntitySource source;

    EntityReader(Home home, EntitySource source) {
        this.home = home;
        this.source = source;
    }

    /** The things in a list; empty where the answer has no list at the documented place. */
    Optional<List<EntityRow>> items(Json answer) {
        Object at = answer.every(source.items().isEmpty() ? root(answer) : source.items()).stream()
                .findFirst()
                .orElse(null);
        return at instanceof List<?> list
                ? Optional.of(list.stream().flatMap(one -> row(one).stream()).toList())
                : Optional.empty();
    }

    /** An array that is the whole answer stands under the empty name. */
    private static String root(Json answer) {
        return answer.has("") ? "*" : "";
    }

    /** How many elements the list has, readable or not. */
    int size(Json answer) {
        return answer.every(source.items().isEmpty() ? root(answer) : source.items()).stream()
                .mapToInt(at -> at instanceof List<?> list ? list.size() : 0)
                .sum();
    }

    /** The thing at a path. */
    Optional<EntityRow> at(Json answer, String path) {
        return answer.every(path).stream().flatMap(one -> row(one).stream()).findFirst();
    }

    @SuppressWarnings("unchecked")
    private Optional<EntityRow> row(Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Json json = new Json((Map<String, Object>) map);
        return id(json, source.id()).map(id -> row(id, name(json, id), attributes(json), false));
    }

    /** The id in its canonical form, where every part of the template leads to one text. */
    Optional<String> id(Json json, String template) {
        Matcher parts = PART.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (parts.find()) {
            List<String> texts = texts(json, parts.group(1)).toList();
            if (texts.size() != 1 || texts.get(0).isEmpty()) {
                return Optional.empty();
            }
            parts.appendReplacement(filled, Matcher.quoteReplacement(texts.get(0)));
        }
        parts.appendTail(filled);
        String id = home.canonical(source.kind(), filled.toString());
        return id.isEmpty() || id.length() > Limits.NAME ? Optional.empty() : Optional.of(id);
    }

    EntityRow row(String id, String name, String attributes, boolean gone) {
        String folded = name.toLowerCase(Locale.ROOT);
        return new EntityRow(
                home.tenant(), home.connectionId(), source.kind(), id, name, shortened(folded), attributes, gone, 0);
    }

    /** The same, with doubtful attributes where not every one was told. */
    EntityRow orDoubtful(EntityRow row) {
        boolean whole = attributes(row.attributes())
                .keySet()
                .containsAll(source.attributes().keySet());
        return whole ? row : row(row.id(), row.name(), DOUBTFUL, row.gone());
    }

    private String name(Json json, String id) {
        return source.names().stream()
                .map(path -> shown(texts(json, path).collect(Collectors.joining())))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(id);
    }

    private String attributes(Json json) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        source.attributes().forEach((name, path) -> {
            boolean mayLack = path.endsWith("?");
            String at = mayLack ? path.substring(0, path.length() - 1) : path;
            List<String> values = texts(json, at).distinct().toList();
            boolean sound = values.size() <= VALUES && values.stream().allMatch(text -> text.length() <= Limits.NAME);
            if (sound && (mayLack || !json.every(at).isEmpty())) {
                all.put(name, values);
            }
        });
        return new String(PlainJson.write(all), StandardCharsets.UTF_8);
    }

    /** What {@link #attributes(Json)} wrote. */
    static Map<String, Set<String>> attributes(String json) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        if (!json.isEmpty()) {
            Map<String, Object> fields = PlainJson.read(json.getBytes(StandardCharsets.UTF_8));
            for (String name : fields.keySet()) {
                List<String> values = PlainJson.textsOrNull(fields, name);
                all.put(name, values == null ? Set.of() : Set.copyOf(values));
            }
        }
        return all;
    }

    private static Stream<String> texts(Json json, String path) {
        return json.every(path).stream()
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                .flatMap(value -> value instanceof String || value instanceof Boolean
                        ? Stream.of(value.toString())
                        : value instanceof BigDecimal number ? Stream.of(number.toPlainString()) : Stream.empty());
    }

    private static String shown(String name) {
        return shortened(name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip());
    }

    /** Never in the middle of a pair. */
    private static String shortened(String text) {
        if (text.length() <= Limits.SUBJECT) {
            return text;
        }
        int end = Limits.SUBJECT;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
