package dev.bulla.provider;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of an owner's or member's form.
 *
 * @param name key in the settings or the form
 * @param label what a person reads
 * @param hint where to find the value
 * @param secret write-only: stored sealed, never shown again
 * @param required whether the form is complete without it
 * @param pattern what a value must match after normalisation, or null
 * @param normalise applied to what was typed, such as removing blanks
 */
public record Field(
        String name,
        String label,
        String hint,
        boolean secret,
        boolean required,
        @Nullable Pattern pattern,
        UnaryOperator<String> normalise) {

    /** A required text. */
    public static Field text(String name, String label, String hint) {
        return new Field(name, label, hint, false, true, null, String::strip);
    }

    /** A required secret. */
    public static Field secret(String name, String label, String hint) {
        return new Field(name, label, hint, true, true, null, String::strip);
    }

    public Field matching(String regex) {
        return new Field(name, label, hint, secret, required, Pattern.compile(regex), normalise);
    }

    public Field optional() {
        return new Field(name, label, hint, secret, false, pattern, normalise);
    }
}
