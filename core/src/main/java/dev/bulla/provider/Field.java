package dev.bulla.provider;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One field of an owner's or member's form. Immutable; thread-safe where its functions are.
 *
 * @param name key in the settings or the form
 * @param label what a person reads
 * @param hint where to find the value
 * @param secret write-only: stored sealed, never shown again
 * @param required whether the form is complete without it
 * @param pattern what a value must match after normalisation, or null; of a list, every entry
 * @param normalise applied to what was typed, such as removing blanks
 * @param input how it is asked for
 * @param rule who fills it in, when, and what else must hold
 */
public record Field(
        String name,
        String label,
        String hint,
        boolean secret,
        boolean required,
        @Nullable Pattern pattern,
        UnaryOperator<String> normalise,
        Input input,
        Rule rule) {
    private static final int LONGEST = 20_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    public Field {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a field's name has letters, digits, dots, hyphens and underscores");
        }
    }

    /** How a value is asked for. */
    public enum Type {
        TEXT,
        PASSWORD,
        /** One of the options. */
        SELECT,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** A JSON document, typed or pasted. */
        JSON,
        /** A text of several lines, such as a key file. */
        MULTI_LINE,
        /** Several values, one a line. */
        LIST
    }

    /**
     * How a field is asked for.
     *
     * @param options what can be chosen, for {@link Type#SELECT}
     * @param preset what holds where nothing is typed; empty: nothing
     * @param placeholder an example, for an empty box
     */
    public record Input(Type type, List<Option> options, String preset, String placeholder) {
        public Input {
            options = List.copyOf(options);
        }
    }

    /** @param label what a person reads */
    public record Option(String value, String label) {
        public static Option of(String value, String label) {
            return new Option(value, label);
        }
    }

    /**
     * What holds for a field beside its pattern.
     *
     * @param least characters that a value must have
     * @param most characters that it may have
     * @param check what a normalised value must pass
     * @param byFlow whether the connecting itself fills it in: it is shown, and not to be written
     * @param fixed whether it can not be changed while something is connected with it
     * @param modes modes of a connection in which the field exists
     */
    public record Rule(int least, int most, Predicate<String> check, boolean byFlow, boolean fixed, Set<Mode> modes) {
        static final Rule NONE = new Rule(0, LONGEST, value -> true, false, false, EnumSet.allOf(Mode.class));

        public Rule {
            modes = Set.copyOf(modes);
        }
    }

    /** A required text. */
    public static Field text(String name, String label, String hint) {
        return new Field(
                name,
                label,
                hint,
                false,
                true,
                null,
                String::strip,
                new Input(Type.TEXT, List.of(), "", ""),
                Rule.NONE);
    }

    /** A required secret. */
    public static Field secret(String name, String label, String hint) {
        return new Field(
                name,
                label,
                hint,
                true,
                true,
                null,
                String::strip,
                new Input(Type.PASSWORD, List.of(), "", ""),
                Rule.NONE);
    }

    public Field matching(String regex) {
        return new Field(name, label, hint, secret, required, Pattern.compile(regex), normalise, input, rule);
    }

    public Field optional() {
        return new Field(name, label, hint, secret, false, pattern, normalise, input, rule);
    }

    public Field needed() {
        return new Field(name, label, hint, secret, true, pattern, normalise, input, rule);
    }

    /** @param operator applied to what was typed; the common ones stand in {@code dev.bulla.form.Typed} */
    public Field normalised(UnaryOperator<String> operator) {
        return new Field(name, label, hint, secret, required, pattern, operator, input, rule);
    }

    /** @param check what a normalised value must pass, beside the pattern */
    public Field checked(Predicate<String> check) {
        return with(new Rule(rule.least, rule.most, check, rule.byFlow, rule.fixed, rule.modes));
    }

    /** How many characters a normalised value has. */
    public Field length(int least, int most) {
        return with(new Rule(least, Math.min(most, LONGEST), rule.check, rule.byFlow, rule.fixed, rule.modes));
    }

    /** One of these. */
    public Field options(Option... options) {
        return with(new Input(Type.SELECT, List.of(options), input.preset, input.placeholder));
    }

    /** Holds where nothing is typed. */
    public Field preset(String value) {
        return with(new Input(input.type, input.options, value, input.placeholder));
    }

    public Field placeholder(String example) {
        return with(new Input(input.type, input.options, input.preset, example));
    }

    /** Asked for in another way than as one line of text. */
    public Field as(Type type) {
        return with(new Input(type, input.options, input.preset, input.placeholder));
    }

    /** Shown, and filled in by the connecting itself. */
    public Field filledByFlow() {
        return with(new Rule(rule.least, rule.most, rule.check, true, rule.fixed, rule.modes));
    }

    /** Not to be changed while something is connected with it. */
    public Field fixedOnceConnected() {
        return with(new Rule(rule.least, rule.most, rule.check, rule.byFlow, true, rule.modes));
    }

    /** Only there in these modes of a connection. */
    public Field onlyIn(Mode... modes) {
        return with(new Rule(
                rule.least, rule.most, rule.check, rule.byFlow, rule.fixed, EnumSet.copyOf(Arrays.asList(modes))));
    }

    /** Whether it may be less long than any field may be. */
    public boolean isBounded() {
        return rule.most < LONGEST;
    }

    /**
     * What is kept of what was typed: normalised, or the preset where nothing is left.
     *
     * @return empty where it is not of the form that it must have; the empty text where there is nothing
     */
    public Optional<String> take(String typed) {
        if (typed.length() > 4 * LONGEST) {
            return Optional.empty();
        }
        try {
            String normal = normal(typed);
            String value = normal.isEmpty() ? input.preset : normal;
            return value.isEmpty() || fits(value) ? Optional.of(value) : Optional.empty();
        } catch (RuntimeException e) { // of a provider's own code; its text may hold the value
            return Optional.empty();
        }
    }

    private String normal(String typed) {
        return input.type == Type.LIST
                ? Arrays.stream(typed.split("[\n,]"))
                        .map(normalise)
                        .filter(entry -> !entry.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("\n"))
                : normalise.apply(typed);
    }

    private boolean fits(String value) {
        boolean known = switch (input.type) {
            case SELECT -> input.options.stream().anyMatch(option -> option.value.equals(value));
            case BOOLEAN -> value.equals("true") || value.equals("false");
            default -> true;
        };
        return known
                && value.length() >= rule.least
                && value.length() <= rule.most
                && (pattern == null
                        || (input.type == Type.LIST ? value.lines() : java.util.stream.Stream.of(value))
                                .allMatch(entry -> pattern.matcher(entry).matches()))
                && rule.check.test(value);
    }

    private Field with(Input other) {
        return new Field(name, label, hint, secret, required, pattern, normalise, other, rule);
    }

    private Field with(Rule other) {
        return new Field(name, label, hint, secret, required, pattern, normalise, input, other);
    }
}
