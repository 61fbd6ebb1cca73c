package dev.bulla.upstream;

import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that a server wants repeated in headers, so that what stands between can route by them ({@code x-mcp-header}; Streamable HTTP of
 * 2026-07-28, Custom Headers from Tool Parameters). Immutable.
 */
final class HeaderParameters {
    private static final String MARK = "x-mcp-header";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");
    private static final Set<String> KINDS = Set.of("string", "integer", "boolean");
    private static final JsonTree JSON = JsonTree.within(64, 256 << 10);

    private record Parameter(String header, List<String> path) {}

    private final List<Parameter> parameters;

    private HeaderParameters(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    static HeaderParameters of(String inputSchema) {
        try {
            HeaderParameters read = read(JSON.object(inputSchema));
            return read == null ? new HeaderParameters(List.of()) : read;
        } catch (JsonRefused e) {
            return new HeaderParameters(List.of());
        }
    }

    /** Whether a tool may be taken: whoever marks parameters wrongly offers none. */
    static boolean areSound(@Nullable Object inputSchema) {
        return !(inputSchema instanceof Map<?, ?> schema) || read(schema) != null;
    }

    /** Null where a mark stands where none may, or says what it must not. */
    private static @Nullable HeaderParameters read(Map<?, ?> schema) {
        List<Parameter> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        return collect(schema, List.of(), found, names) && marks(schema) == found.size()
                ? new HeaderParameters(List.copyOf(found))
                : null;
    }

    /** Marked properties that are reached through properties alone. */
    private static boolean collect(Map<?, ?> schema, List<String> path, List<Parameter> found, Set<String> names) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return true;
        }
        for (Map.Entry<?, ?> entry : properties.entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> property) {
                List<String> here = new ArrayList<>(path);
                here.add(String.valueOf(entry.getKey()));
                if (property.containsKey(MARK)) {
                    boolean good = property.get(MARK) instanceof String name
                            && TOKEN.matcher(name).matches()
                            && names.add(name.toLowerCase(Locale.ROOT))
                            && KINDS.contains(String.valueOf(property.get("type")));
                    if (!good) {
                        return false;
                    }
                    found.add(new Parameter("Mcp-Param-" + property.get(MARK), here));
                }
                if (!collect(property, here, found, names)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How many marks there are anywhere; a property may be called like one. */
    private static int marks(Object node) {
        if (node instanceof List<?> list) {
            return list.stream().mapToInt(HeaderParameters::marks).sum();
        }
        if (!(node instanceof Map<?, ?> map)) {
            return 0;
        }
        int count = map.containsKey(MARK) && !(map.get(MARK) instanceof Map<?, ?>) ? 1 : 0;
        for (Object value : map.values()) {
            count += marks(value == null ? "" : value);
        }
        return count;
    }

    /** The headers for these arguments; what is not there, or null, has none. */
    Map<String, String> values(Map<String, Object> arguments) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Object here = arguments;
            for (String step : parameter.path()) {
                here = here instanceof Map<?, ?> map ? map.get(step) : null;
            }
            if (here instanceof String || here instanceof Boolean || here instanceof BigDecimal) {
                headers.put(
                        parameter.header(),
                        encoded(here instanceof BigDecimal number ? number.toPlainString() : here.toString()));
            }
        }
        return headers;
    }

    /** A value as a header may hold it: plain ASCII as it is, everything else as Base64 of its UTF-8. */
    static String encoded(String value) {
        boolean looksEncoded = value.startsWith("=?base64?") && value.endsWith("?=");
        return PLAIN.matcher(value).matches() && !looksEncoded
                ? value
                : "=?base64?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
