package dev.bulla.tool;

import java.util.Locale;
import java.util.Optional;

/**
 * The name under which a tool of one of many services is called: {@code service__tool}.
 *
 * @param service the connection's name as it stands there: letters, digits, hyphens and single underscores
 * @param tool the tool's own name
 */
public record ToolName(String service, String tool) {
    private static final String BETWEEN = "__";
    private static final int LONGEST = 40;

    /** Empty where no service stands before it. */
    public static Optional<ToolName> parse(String name) {
        int at = name.indexOf(BETWEEN);
        return at <= 0 || at + BETWEEN.length() == name.length()
                ? Optional.empty()
                : Optional.of(new ToolName(name.substring(0, at), name.substring(at + BETWEEN.length())));
    }

    /** A connection's name, as far as it can stand in the name of a tool; {@code service} where nothing of it can. */
    public static String slug(String connection) {
        String plain = connection
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_-]+", "-")
                .replaceAll("_{2,}", "_");
        String cut = plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("^[_-]+|[_-]+$", "");
        return cut.isEmpty() ? "service" : cut;
    }

    @Override
    public String toString() {
        return service + BETWEEN + tool;
    }
}
