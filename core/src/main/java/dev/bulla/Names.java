package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.Limits;

/** The form of names that a host gives to tenants, members and labels: 1 to 190 characters, no control characters. */
final class Names {
    /** The least that every store takes. */
    private static final int MAX = Limits.TENANT;

    private Names() {}

    static String check(String name, String what) {
        if (name.isEmpty()) {
            throw refused(what);
        }
        return label(name, what);
    }

    static String label(String name, String what) {
        boolean unfit = name.codePoints()
                .anyMatch(c ->
                        Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (unfit || name.length() > MAX) {
            throw refused(what);
        }
        return name;
    }

    private static BullaException refused(String what) {
        return new BullaException(
                ErrorCode.INVALID_ARGUMENT,
                "a " + what + " has 1 to " + MAX + " characters, none of them a control character");
    }
}
