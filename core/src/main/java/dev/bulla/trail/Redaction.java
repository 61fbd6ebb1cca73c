package dev.bulla.trail;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.json.JsonTree;
import dev.bulla.provider.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments of a tool may be written down, by the schema of its input. What the schema does not name is not written down at all.
 *
 * <ul>
 *   <li>A property whose name speaks of a secret is hidden, whatever its value is; so is one that the schema calls {@code writeOnly} or
 *       {@code "x-audit": "hide"}.
 *   <li>Truth values and numbers are kept, and so are texts that the schema limits: to an enumeration, a pattern, a format, or 100
 *       characters; and those that it calls {@code "x-audit": "keep"}. Unless they look like a token, or have more than 256 characters.
 *   <li>Of any other text only the length is kept: it may be what a member wrote.
 * </ul>
 *
 * Immutable.
 */
public final class Redaction {
    private static final String HIDDEN = "<hidden>";
    private static final int SHORT = 100;
    private static final int LONG = 256;
    private static final int ITEMS = 20;
    private static final int DEPTH = 6;
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(secret|token|passw|passphrase|passcode|credential|authori[sz]ation|api_?-?key|private_?-?key|cookie|signature|otp).*"
                    + "|(?i)(.*[_-])?(key|auth|pin|pwd|pass|bearer|pat|jwt|sid|code|card|cvc|cvv)");
    /** Long runs of letters and digits, with both in them; and what begins as tokens do. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?s).*(?=[A-Za-z0-9_\\-.+/=]*[0-9])(?=[A-Za-z0-9_\\-.+/=]*[A-Za-z])[A-Za-z0-9_\\-.+/=]{32,}.*"
                    + "|(?s).*(eyJ[A-Za-z0-9_-]{8}|-----BEGIN|(?i:bearer )|\\b[a-z]{2,6}[_-][A-Za-z0-9_-]*[0-9][A-Za-z0-9]{15,}).*");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]*");

    private static final Set<String> FORMATS =
            Set.of("date", "date-time", "time", "duration", "uuid", "email", "hostname", "ipv4", "ipv6");

    private final Json schema;

    private Redaction(Json schema) {
        this.schema = schema;
    }

    /** @param schema JSON Schema of an object; of one that can not be read, nothing is kept */
    public static Redaction of(String schema) {
        try {
            return new Redaction(StrictJson.document(schema.getBytes(StandardCharsets.UTF_8)));
        } catch (BullaException e) {
            return new Redaction(new Json(Map.of()));
        }
    }

    /** What may be written down of a name that a caller has made up. */
    public static String name(String name) {
        boolean plain = name.length() <= SHORT
                && NAME.matcher(name).matches()
                && !TOKEN.matcher(name).matches();
        return plain ? name : "<text of " + name.length() + ">";
    }

    /** What may be written down, as JSON in one line. */
    public String arguments(Map<String, ?> values) {
        return JsonTree.write(object(schema, values, 0));
    }

    private static Map<String, Object> object(Json schema, Map<?, ?> values, int depth) {
        Map<String, Object> kept = new LinkedHashMap<>();
        int unknown = 0;
        for (Map.Entry<?, ?> one : values.entrySet()) {
            Json property =
                    schema.object("properties", String.valueOf(one.getKey())).orElse(null);
            if (property == null) {
                unknown++;
            } else {
                kept.put(
                        String.valueOf(one.getKey()),
                        named(String.valueOf(one.getKey()), property, one.getValue(), depth));
            }
        }
        if (unknown > 0) {
            kept.put("<unknown>", unknown);
        }
        return kept;
    }

    private static Object named(String name, Json schema, @Nullable Object value, int depth) {
        boolean hide = SECRET_NAME.matcher(name).matches()
                || schema.flag("writeOnly").orElse(false)
                || schema.text("format").filter("password"::equals).isPresent()
                || schema.text("x-audit").filter("hide"::equals).isPresent();
        return hide ? HIDDEN : value(schema, value, depth);
    }

    private static Object value(Json schema, @Nullable Object value, int depth) {
        if (value == null) {
            return "<null>";
        }
        if (value instanceof Boolean || value instanceof Number) {
            return value;
        }
        if (depth >= DEPTH) {
            return "<deeper>";
        }
        if (value instanceof Map<?, ?> map) {
            return object(schema, map, depth + 1);
        }
        if (value instanceof List<?> list) {
            return list(schema.object("items").orElse(new Json(Map.of())), list, depth + 1);
        }
        String text = value.toString();
        if (text.length() > LONG) { // what follows takes time that grows with the square of the length
            return "<text of " + text.length() + ">";
        }
        return isLimited(schema, text) && !TOKEN.matcher(text).matches() ? text : "<text of " + text.length() + ">";
    }

    private static List<Object> list(Json items, List<?> values, int depth) {
        List<Object> kept = new ArrayList<>();
        for (Object value : values.subList(0, Math.min(values.size(), ITEMS))) {
            kept.add(value(items, value, depth));
        }
        if (values.size() > ITEMS) {
            kept.add("<" + (values.size() - ITEMS) + " more>");
        }
        return kept;
    }

    private static boolean isLimited(Json schema, String text) {
        return schema.list("enum").filter(allowed -> allowed.contains(text)).isPresent()
                || schema.text("const").filter(text::equals).isPresent()
                || text.length() <= SHORT
                        && (schema.text("x-audit").filter("keep"::equals).isPresent()
                                || schema.has("pattern")
                                || schema.text("format")
                                        .filter(FORMATS::contains)
                                        .isPresent()
                                || schema.number("maxLength")
                                        .filter(most -> most.intValue() <= SHORT)
                                        .isPresent());
    }
}
