package dev.bulla.tool;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** How large, long or many a value may be, and what a text looks like. Immutable. */
record SchemaBounds(
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        @Nullable BigDecimal above,
        @Nullable BigDecimal below,
        @Nullable BigDecimal minLength,
        @Nullable BigDecimal maxLength,
        @Nullable BigDecimal minItems,
        @Nullable BigDecimal maxItems,
        @Nullable Pattern pattern) {
    private static final int LONGEST_PATTERN = 500;
    private static final int LONGEST_MATCHED = 2000;
    private static final int MOST_STEPS = 200_000;

    static SchemaBounds of(SchemaNode.Reader read) {
        return new SchemaBounds(
                read.number("minimum"),
                read.number("maximum"),
                read.number("exclusiveMinimum"),
                read.number("exclusiveMaximum"),
                read.number("minLength"),
                read.number("maxLength"),
                read.number("minItems"),
                read.number("maxItems"),
                pattern(read));
    }

    /** A foreign one is in the words of another language (ECMA-262), for texts of any length: its server looks at it. */
    private static @Nullable Pattern pattern(SchemaNode.Reader read) {
        String text = read.foreign() ? null : read.text("pattern");
        if (text == null) {
            return null;
        }
        try {
            if (text.length() <= LONGEST_PATTERN) {
                return Pattern.compile(text);
            }
        } catch (PatternSyntaxException e) {
            // said below
        }
        throw read.refused("pattern", "is a regular expression of at most " + LONGEST_PATTERN + " characters");
    }

    void check(String here, @Nullable Object value, List<String> mistakes) {
        if (value instanceof BigDecimal number) {
            boolean small = isLess(number, minimum) || above != null && number.compareTo(above) <= 0;
            boolean large = isMore(number, maximum) || below != null && number.compareTo(below) >= 0;
            say(small, here + " is too small", mistakes);
            say(large, here + " is too large", mistakes);
        } else if (value instanceof String text) {
            BigDecimal length = BigDecimal.valueOf(text.codePointCount(0, text.length()));
            say(isLess(length, minLength), here + " is too short", mistakes);
            say(isMore(length, maxLength), here + " is too long", mistakes);
            say(pattern != null && !isFound(pattern, text), here + " is not of the form that it must have", mistakes);
        } else if (value instanceof List<?> list) {
            BigDecimal size = BigDecimal.valueOf(list.size());
            say(isLess(size, minItems), here + " has too few", mistakes);
            say(isMore(size, maxItems), here + " has too many", mistakes);
        }
    }

    private static void say(boolean wrong, String mistake, List<String> mistakes) {
        if (wrong) {
            mistakes.add(mistake);
        }
    }

    private static boolean isLess(BigDecimal value, @Nullable BigDecimal bound) {
        return bound != null && value.compareTo(bound) < 0;
    }

    private static boolean isMore(BigDecimal value, @Nullable BigDecimal bound) {
        return bound != null && value.compareTo(bound) > 0;
    }

    /** What takes a way back too often does not fit: nobody is to be kept busy by a text. */
    private static boolean isFound(Pattern pattern, String text) {
        try {
            return text.length() <= LONGEST_MATCHED
                    && pattern.matcher(new Steps(text, new int[] {MOST_STEPS})).find();
        } catch (TooManySteps | StackOverflowError e) {
            return false;
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("", null, false, false);
        }
    }

    /** A text that is looked at so many times only. */
    private record Steps(CharSequence text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (left[0]-- <= 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Steps(text.subSequence(start, end), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
