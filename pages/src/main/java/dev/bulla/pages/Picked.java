package dev.bulla.pages;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that stands in a picker, as a form carries it: its id, encoded, a blank, and its name.
 *
 * @param id of the service
 * @param name what a person reads
 */
record Picked(String id, String name) {
    String text() {
        return URLEncoder.encode(id, StandardCharsets.UTF_8) + " " + name;
    }

    static Optional<Picked> parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Picked(
                    URLDecoder.decode(text.substring(0, blank), StandardCharsets.UTF_8), text.substring(blank + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Those that can be read, each id once, in their order. */
    static Map<String, Picked> all(List<String> texts) {
        Map<String, Picked> all = new LinkedHashMap<>();
        texts.forEach(text -> parse(text).ifPresent(one -> all.putIfAbsent(one.id(), one)));
        return all;
    }
}
