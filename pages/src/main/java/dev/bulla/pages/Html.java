package dev.bulla.pages;

import java.net.URI;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Markup. The one way that a value gets into it is {@link #of}, which escapes whatever is not markup already, and refuses addresses that
 * are no web addresses. Immutable.
 */
final class Html {
    static final Html NOTHING = new Html("");

    private static final Pattern IN_ADDRESS =
            Pattern.compile("(?s).*[\\s\"](?:href|src|action|formaction)=\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEB = Pattern.compile("(?i)https?://[^\\s\\\\]+");
    private static final Pattern HERE = Pattern.compile("(?:/(?![/\\\\])|[?#])[^\\s\\\\]*");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /**
     * Fills the {@code %s} places of a template, which is a constant: with markup, a collection of markup, or text. In an attribute that
     * holds an address a text must be one of the web, or one of this host that begins with a slash; a place that stands bare in a tag
     * takes markup alone, because text could add attributes there; the value of an attribute takes text alone.
     *
     * @throws IllegalArgumentException where places and values are not as many, or a place gets what it does not take
     */
    static Html of(String template, Object... values) {
        String[] parts = template.split("%s", -1);
        if (parts.length != values.length + 1) {
            throw new IllegalArgumentException("a template has as many places as it gets values");
        }
        StringBuilder out = new StringBuilder(parts[0]);
        Place place = Place.TEXT.after(parts[0]);
        for (int i = 0; i < values.length; i++) {
            if (place == Place.TAG && !(values[i] instanceof Html)) {
                throw new IllegalArgumentException("a bare place in a tag takes markup alone");
            }
            if (place == Place.VALUE && values[i] instanceof Html) {
                throw new IllegalArgumentException("the value of an attribute takes text alone");
            }
            boolean address = IN_ADDRESS.matcher(parts[i]).matches();
            out.append(address ? address(values[i]) : fill(values[i])).append(parts[i + 1]);
            place = place.after(parts[i + 1]);
        }
        return new Html(out.toString());
    }

    /** What a renderer made that escapes by itself what it is given. */
    static Html rendered(String markup) {
        return new Html(markup);
    }

    /** Where in a template one is. */
    private enum Place {
        TEXT,
        TAG,
        VALUE;

        Place after(String part) {
            Place now = this;
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                now = switch (now) {
                    case TEXT -> c == '<' ? TAG : TEXT;
                    case TAG -> c == '>' ? TEXT : c == '"' ? VALUE : TAG;
                    case VALUE -> c == '"' ? TAG : VALUE;
                };
            }
            return now;
        }
    }

    private static String fill(Object value) {
        if (value instanceof Html html) {
            return html.markup;
        }
        if (value instanceof Collection<?> many) {
            StringBuilder all = new StringBuilder();
            many.forEach(one -> all.append(fill(one)));
            return all.toString();
        }
        return escape(String.valueOf(value));
    }

    /** What a service names as an address may be anything: a script, too. */
    private static String address(Object value) {
        String text = value instanceof URI uri ? uri.toString() : String.valueOf(value);
        return WEB.matcher(text).matches() || HERE.matcher(text).matches() ? escape(text) : "#";
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isText(c) ? c : '\uFFFD');
            }
        }
        return out.toString();
    }

    /** Control characters have no place in a page, nor do those that turn the direction of what follows. */
    private static boolean isText(char c) {
        return c >= ' '
                ? c != 0x7F && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069)
                : c == '\n' || c == '\r' || c == '\t';
    }

    /** This markup where the condition holds. */
    Html when(boolean condition) {
        return condition ? this : NOTHING;
    }

    boolean isEmpty() {
        return markup.isEmpty();
    }

    @Override
    public String toString() {
        return markup;
    }
}
