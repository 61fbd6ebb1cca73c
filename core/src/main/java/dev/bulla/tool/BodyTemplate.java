package dev.bulla.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON in which whole texts <code>{name}</code> stand for arguments. */
final class BodyTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    private BodyTemplate() {}

    static void names(@Nullable Object template, Set<String> names) {
        if (template instanceof Map<?, ?> map) {
            map.values().forEach(value -> names(value, names));
        } else if (template instanceof List<?> list) {
            list.forEach(value -> names(value, names));
        } else {
            place(template).ifPresent(names::add);
        }
    }

    static Map<String, Object> filled(Map<?, ?> template, Arguments arguments) {
        Map<String, Object> out = new LinkedHashMap<>();
        template.forEach((name, value) -> {
            if (!isAbsent(value, arguments)) {
                put(out, String.valueOf(name), value(value, arguments));
            }
        });
        return out;
    }

    @SuppressWarnings("NullAway") // a null that was written, or given where the schema allows one
    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        map.put(name, value);
    }

    @SuppressWarnings("NullAway") // as above
    private static @Nullable Object value(@Nullable Object template, Arguments arguments) {
        if (template instanceof Map<?, ?> map) {
            return filled(map, arguments);
        }
        if (template instanceof List<?> list) {
            List<Object> out = new ArrayList<>();
            list.stream().filter(one -> !isAbsent(one, arguments)).forEach(one -> out.add(value(one, arguments)));
            return out;
        }
        Optional<String> place = place(template);
        return place.isPresent() ? arguments.values().get(place.get()) : template;
    }

    private static boolean isAbsent(@Nullable Object template, Arguments arguments) {
        return place(template)
                .filter(name -> !arguments.values().containsKey(name))
                .isPresent();
    }

    private static Optional<String> place(@Nullable Object template) {
        if (!(template instanceof String text)) {
            return Optional.empty();
        }
        Matcher matcher = PLACE.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
