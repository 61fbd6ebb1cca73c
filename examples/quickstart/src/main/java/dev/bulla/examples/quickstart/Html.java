package dev.bulla.examples.quickstart;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Markup. The one way that a value gets into it is {@link #of}, which escapes whatever is not markup already. */
record Html(String markup) {
    static final Html NOTHING = new Html("");

    /** Fills the {@code %s} places of a template: with markup, a collection of markup, or text. */
    static Html of(String template, Object... values) {
        Object[] filled = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            filled[i] = fill(values[i]);
        }
        return new Html(String.format(Locale.ROOT, template, filled));
    }

    private static String fill(Object value) {
        if (value instanceof Html html) {
            return html.markup;
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(Html::fill).collect(Collectors.joining());
        }
        return String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** This markup where the condition holds. */
    Html when(boolean condition) {
        return condition ? this : NOTHING;
    }
}
