package dev.bulla.store.jdbc;

import java.util.regex.Pattern;

/** Table prefixes: the only part of our SQL that a host chooses, so it is checked. */
final class Prefix {
    static final String USUAL = "bulla_";
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private Prefix() {}

    static String checked(String prefix) {
        if (!ALLOWED.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "A table prefix has up to 30 lower-case letters, digits and underscores and starts with a letter.");
        }
        return prefix;
    }
}
