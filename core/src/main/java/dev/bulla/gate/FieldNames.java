package dev.bulla.gate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of what a request carries beside its path: in the query, in a form, in the parts of a multipart body, at the top of a JSON
 * object. Each stands in the form to which the most generous server brings it, as PHP does with {@code ' .method[]'}: decoded, cut at a NUL
 * and at a bracket, without blanks around it; with an underscore for a dot, a hyphen and a blank; in lower case. Values are not read.
 */
final class FieldNames {
    /** Lines as the most generous server ends them; possessive, so that nothing long takes the stack. */
    private static final Pattern DISPOSITION =
            Pattern.compile("(?i)(?:^|[\\r\\n])content-disposition[ \\t]*:([^\\n]*+(?:\\n[ \\t][^\\n]*+)*+)");

    private static final Pattern NAME = Pattern.compile(
            "(?is)\\bname(?:\\*[0-9]*\\*?)?\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"?|'([^']*)'?|([^;\\s]*))");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");

    private FieldNames() {}

    /** @param query in its canonical form */
    static Set<String> of(String query, Map<String, String> headers, byte @Nullable [] body) {
        Set<String> names = new HashSet<>();
        pairs(query, names);
        if (body != null && body.length > 0) {
            String type = type(headers);
            // each for itself: a parameter of the type may hold the word of another one
            if (type.contains("json")) {
                // plain letters in UTF-16 and UTF-32 have NULs between them
                json(new String(body, StandardCharsets.UTF_8).replace("\0", ""), names);
            }
            if (type.contains("multipart/")) {
                parts(new String(body, StandardCharsets.ISO_8859_1), names);
            }
            if (type.isEmpty() || type.contains("x-www-form-urlencoded")) {
                pairs(new String(body, StandardCharsets.ISO_8859_1), names);
            }
        }
        names.remove("");
        return Set.copyOf(names);
    }

    private static String type(Map<String, String> headers) {
        StringBuilder type = new StringBuilder();
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("Content-Type")) {
                type.append(value.toLowerCase(Locale.ROOT));
            }
        });
        return type.toString();
    }

    private static void pairs(String text, Set<String> names) {
        for (String pair : text.split("[&;]", -1)) {
            names.add(plain(decoded(pair.split("=", 2)[0])));
        }
    }

    private static void parts(String text, Set<String> names) {
        Matcher disposition = DISPOSITION.matcher(text);
        while (disposition.find()) {
            Matcher name = NAME.matcher(disposition.group(1));
            // quotes of another parameter may hold what looks like a name: it hides none that comes behind it
            for (int from = 0; name.find(from); from = name.group(3) == null ? name.start() + 1 : name.end()) {
                String value =
                        name.group(1) != null ? name.group(1) : name.group(2) != null ? name.group(2) : name.group(3);
                String bare = value.replace("\\", "");
                names.add(plain(bare));
                names.add(
                        plain(decoded(bare.substring(bare.lastIndexOf('\'') + 1)))); // RFC 8187: charset'language'name
            }
        }
    }

    /** No parser: what is no JSON to one is JSON to another. */
    private static void json(String text, Set<String> names) {
        int level = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = end(text, i);
                if (level == 1 && isName(text, end)) {
                    names.add(plain(ESCAPE.matcher(text.substring(i + 1, end))
                            .replaceAll(hex ->
                                    Matcher.quoteReplacement(Character.toString(Integer.parseInt(hex.group(1), 16))))));
                }
                i = end;
            } else if (c == '{' || c == '[') {
                level++;
            } else if (c == '}' || c == ']') {
                level--;
            }
        }
    }

    /** Where the text ends that begins with the quote at {@code from}. */
    private static int end(String text, int from) {
        for (int i = from + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isName(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return text.charAt(i) == ':';
            }
        }
        return false;
    }

    /** A percent sign without two digits stands for itself. */
    private static String decoded(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            int high = c == '%' && i + 2 < name.length() ? Character.digit(name.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(name.charAt(i + 2), 16);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(c == '+' ? ' ' : c);
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String plain(String name) {
        int cut = 0;
        while (cut < name.length() && name.charAt(cut) != '\0' && name.charAt(cut) != '[') {
            cut++;
        }
        return name.substring(0, cut)
                .strip()
                .replace('.', '_')
                .replace('-', '_')
                .replace(' ', '_')
                .toLowerCase(Locale.ROOT);
    }
}
