package dev.bulla.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which resource a call touches, by its values. @param id text with {@code {name}} in it */
record ResourceTemplate(String kind, String id) {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

    ResourceTemplate {
        if (PLACE.matcher(id).replaceAll("").contains("{") || !PLACE.matcher(id).find()) {
            throw new IllegalArgumentException("the id of a resource has {names} in it: " + id);
        }
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        Matcher matcher = PLACE.matcher(id);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The id, where every value is there; of several, none may have a slash in it, so that no two resources get the same. */
    Optional<String> fill(Function<String, Optional<String>> values) {
        Matcher matcher = PLACE.matcher(id);
        boolean several = names().size() > 1;
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            Optional<String> value = values.apply(matcher.group(1));
            if (value.isEmpty()
                    || value.get().isEmpty()
                    || several && value.get().indexOf('/') >= 0) {
                return Optional.empty();
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(matcher.appendTail(out).toString());
    }
}
