package dev.bulla.pages;

import java.util.Locale;

/** A badge in place of a logo: one or two letters of a name, in a colour that the name always gets. */
final class Monogram {
    private static final int COLOURS = 8;

    private Monogram() {}

    /** Says nothing to a screen reader: the name stands beside it. */
    static Html of(String name) {
        return Html.of(
                "<span class=\"monogram tone-%s\" aria-hidden=\"true\">%s</span>",
                Math.floorMod(name.hashCode(), COLOURS), letters(name));
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder();
        for (String word : name.strip().split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty() && letters.codePoints().count() < 2) {
                letters.appendCodePoint(word.codePointAt(0));
            }
        }
        return letters.isEmpty() ? "?" : letters.toString().toUpperCase(Locale.ROOT);
    }
}
