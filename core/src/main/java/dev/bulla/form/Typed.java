package dev.bulla.form;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What people mean by what they type or paste: normalisations that forms share, for {@link dev.bulla.provider.Field#normalised}, and
 * checks for {@link dev.bulla.provider.Field#checked}. They leave alone what they do not understand. Thread-safe.
 */
public final class Typed {
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\u200B\\uFEFF]+");
    private static final Pattern LINE = Pattern.compile("\\\\n");

    private Typed() {}

    /** Without any blank, also those that do not break: passwords that are shown in groups. */
    public static final UnaryOperator<String> WITHOUT_BLANKS =
            typed -> BLANK.matcher(typed).replaceAll("");

    public static final UnaryOperator<String> LOWER_CASE =
            typed -> typed.strip().toLowerCase(Locale.ROOT);

    public static final UnaryOperator<String> UPPER_CASE =
            typed -> typed.strip().toUpperCase(Locale.ROOT);

    /** Numbers that are shown in groups. */
    public static final UnaryOperator<String> DIGITS = typed -> typed.replaceAll("[^0-9]", "");

    public static final UnaryOperator<String> LETTERS_AND_DIGITS = typed -> typed.replaceAll("[^A-Za-z0-9]", "");

    /** An address without slashes at its end. */
    public static final UnaryOperator<String> WITHOUT_TRAILING_SLASH = typed -> withoutEnd(typed.strip(), '/');

    /** An address of https without slashes at its end; where no scheme is typed, that one. */
    public static final UnaryOperator<String> HTTPS = typed -> {
        String address = WITHOUT_TRAILING_SLASH.apply(typed);
        return address.isEmpty() || address.contains("://") ? address : "https://" + address;
    };

    /** A host alone, lower-case, of what may have been copied from a browser. */
    public static final UnaryOperator<String> HOST =
            typed -> LOWER_CASE.apply(typed).replaceFirst("^[a-z]+://", "").replaceFirst("(?s)[/?#].*", "");

    /** A key file whose line breaks were written as backslash and n. */
    public static final UnaryOperator<String> PEM =
            typed -> LINE.matcher(typed.strip()).replaceAll("\n");

    /** A JSON document, also as base64 of one, of either alphabet, with line breaks or byte order mark. */
    public static final UnaryOperator<String> JSON = typed -> {
        String text = typed.strip().replace("\uFEFF", "");
        return text.startsWith("{")
                ? text
                : decoded(text).filter(inner -> inner.startsWith("{")).orElse(text);
    };

    /** A key file, also as base64 of one. */
    public static final UnaryOperator<String> PEM_OR_BASE64 = typed -> {
        String text = PEM.apply(typed);
        return text.startsWith("-----")
                ? text
                : decoded(text)
                        .filter(inner -> inner.startsWith("-----"))
                        .map(PEM)
                        .orElse(text);
    };

    /** By hand: a pattern tries each such character again, which takes its time with many. */
    private static String withoutEnd(String text, char last) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == last) {
            end--;
        }
        return text.substring(0, end);
    }

    private static Optional<String> decoded(String text) {
        try {
            String standard =
                    withoutEnd(WITHOUT_BLANKS.apply(text).replace('-', '+').replace('_', '/'), '=');
            byte[] bytes = Base64.getDecoder().decode(standard);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the text is one JSON object (RFC 8259) with a text under each of these names. */
    public static Predicate<String> jsonWith(String... names) {
        return json(object -> {
            for (String name : names) {
                if (object.text(name).filter(text -> !text.isBlank()).isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Whether the text is one JSON object (RFC 8259) that passes. */
    public static Predicate<String> json(Predicate<Json> object) {
        return text -> {
            try {
                return object.test(StrictJson.document(text.getBytes(StandardCharsets.UTF_8)));
            } catch (BullaException e) {
                return false;
            }
        };
    }
}
